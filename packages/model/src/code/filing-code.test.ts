import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeAlphabet } from './alphabet.ts';
import { mintCode, parseCode } from './filing-code.ts';

/** Bytes from a list, then zeros: what chance would have given. */
const from = (bytes: number[]) => {
  let at = 0;
  return (length: number) => Uint8Array.from({ length }, () => bytes[at++] ?? at % 248);
};
const codes = fc
  .array(fc.integer({ min: 0, max: 255 }), { minLength: 60, maxLength: 60 })
  .map((b) => mintCode('check20', from(b)));

describe('filing codes', () => {
  it('round-trips through parse whatever case, blanks and dashes people add', () => {
    fc.assert(
      fc.property(codes, (code) => {
        const typed = ` ${code.toLowerCase().replaceAll('-', ' ')} `;
        expect(parseCode(typed)).toEqual({ ok: true, canonical: code, format: 'check20' });
        expect(parseCode(code.replaceAll('-', '—')).ok).toBe(true);
      }),
    );
  });

  it('uses no letter that is mistaken for another', () => {
    expect(codeAlphabet).toHaveLength(31);
    for (const letter of '01OIL') expect(codeAlphabet).not.toContain(letter);
  });

  it('catches every single wrong letter and every swap of two different ones', () => {
    fc.assert(
      fc.property(codes, fc.nat(19), fc.nat(19), fc.nat(30), (code, i, j, other) => {
        const letters = [...code.replaceAll('-', '')];
        const wrong = [...letters];
        wrong[i] = codeAlphabet.charAt(other);
        if (wrong[i] !== letters[i]) expect(parseCode(wrong.join('')).ok).toBe(false);
        const swapped = [...letters];
        [swapped[i], swapped[j]] = [letters[j] as string, letters[i] as string];
        if (letters[i] !== letters[j]) expect(parseCode(swapped.join('')).ok).toBe(false);
      }),
    );
  });

  it('draws letters evenly: bytes that would favour some are passed over', () => {
    const code = mintCode('check20', from([255, 254, 253, 252, 251, 250, 249, 248]));
    expect(parseCode(code).ok).toBe(true);
    expect(code.startsWith(codeAlphabet.charAt(9 % 31))).toBe(true);
  });

  it('never throws on anything pasted', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof parseCode(text).ok === 'boolean'));
  });

  it('mints and reads UUIDs, which carry no check character', () => {
    const code = mintCode('uuid', from(Array.from({ length: 16 }, (_, index) => index * 7)));
    expect(code).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(parseCode(code.toUpperCase())).toEqual({ ok: true, canonical: code, format: 'uuid' });
  });

  it('reads a UUID typed by hand: without hyphens, and with O and I or L for the digits that look like them', () => {
    const code = '0f1e2d3c-4b5a-4968-8170-0123456789ab';
    for (const typed of [
      code.replaceAll('-', ''),
      code.replaceAll('0', 'O').replaceAll('1', 'l'),
      ` ${code.replaceAll('1', 'I')}`,
    ]) {
      expect(parseCode(typed)).toEqual({ ok: true, canonical: code, format: 'uuid' });
    }
    expect(parseCode(code.replace('f', 'g')).ok).toBe(false);
  });

  it('does not guess what a letter outside of the alphabet stood for', () => {
    const code = mintCode('check20', from([]));
    for (const letter of '0O1IL') expect(parseCode(`${letter}${code.slice(1)}`)).toEqual({ ok: false });
  });
});
