import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sealingContexts } from '../../ports/sealing-contexts.ts';
import { makeKeyRing, withNewKey } from './key-ring.ts';
import { KeyRingVault } from './key-ring-vault.ts';

const context = sealingContexts.codes('code_1');

describe.each([
  ['AES', 'aes', 'v1'],
  ['SM4', 'sm', 'v2'],
] as const)('sealing with %s', (_, algorithms, format) => {
  const ring = makeKeyRing('k1', algorithms);
  const vault = new KeyRingVault(ring);

  test('any text opens again in its context, and is not in the sealed form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.string(), (clear, filingId, field) => {
        const context = sealingContexts.filings(filingId, field);
        const sealed = vault.seal(clear, context);
        expect(vault.open(sealed, context)).toBe(clear);
      }),
    );
    expect(vault.seal('粤ICP备2026000123号', context)).not.toContain('ICP');
  });

  test('the same text never seals to the same form', () => {
    expect(vault.seal('a', context)).not.toBe(vault.seal('a', context));
  });

  test('a value moved to another context does not open', () => {
    const sealed = vault.seal('110101199003070000', 'filing:fil_1:subject.certificateNumber');
    expect(() => vault.open(sealed, 'filing:fil_2:subject.certificateNumber')).toThrow(/belongs elsewhere/);
  });

  test('any changed character keeps it from opening', () => {
    const sealed = vault.seal('secret', context);
    const start = `${format}.k1.`.length;
    fc.assert(
      fc.property(fc.integer({ min: start, max: sealed.length - 1 }), (at) => {
        const other = sealed[at] === 'A' ? 'B' : 'A';
        const altered = sealed.slice(0, at) + other + sealed.slice(at + 1);
        // The last character may carry bits that base64 does not read.
        if (Buffer.from(altered.slice(start), 'base64url').equals(Buffer.from(sealed.slice(start), 'base64url')))
          return;
        expect(() => vault.open(altered, context)).toThrow(/altered/);
      }),
    );
  });

  test('what is no sealed text is refused, not read', () => {
    for (const text of [
      '',
      'secret',
      'v1.k1.',
      'v1.k1.AAAA',
      'v2.k1.AAAA',
      'v1.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      'v2.k1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      'a.b.c.d',
    ]) {
      expect(() => vault.open(text, context)).toThrow(/altered/);
    }
  });

  test('after rotation the new key seals and the old one still opens; without the old one it says which is missing', () => {
    const old = vault.seal('secret', context);
    const rotated = new KeyRingVault({ ...ring, keys: [...makeKeyRing('k2').keys, ...ring.keys] });
    expect(rotated.open(old, context)).toBe('secret');
    expect(rotated.seal('secret', context)).toMatch(/^v1\.k2\./);
    const nationally = new KeyRingVault(withNewKey(ring, 'k3', false, 'sm'));
    expect(nationally.open(old, context)).toBe('secret');
    expect(nationally.seal('secret', context)).toMatch(/^v2\.k3\./);
    const without = new KeyRingVault({ ...ring, keys: makeKeyRing('k2').keys });
    expect(() => without.open(old, context)).toThrow(expect.objectContaining({ code: 'secret.unknown_key' }));
    expect(() => without.open(old, context)).toThrow(/"k1"/);
  });

  test('a key of one thing’s own seals bytes, comes back from its text, and opens nothing else', () => {
    const key = vault.makeDataKey();
    const bytes = Buffer.from([0, 255, 1, 254, 137, 80]);
    const sealed = key.seal(bytes, 'blob_1/original');
    expect(Buffer.from(vault.dataKeyOf(key.text).open(sealed, 'blob_1/original')).equals(bytes)).toBe(true);
    expect(() => key.open(sealed, 'blob_1/copy')).toThrow(/belongs elsewhere/);
    expect(() => vault.makeDataKey().open(sealed, 'blob_1/original')).toThrow(/altered/);
    expect(() => key.open(sealed.subarray(0, 20), 'blob_1/original')).toThrow(/altered/);
    for (const text of ['', 'aes.AAAA', 'des.' + 'A'.repeat(43), key.text.slice(0, -2)]) {
      expect(() => vault.dataKeyOf(text)).toThrow(/altered/);
    }
    expect(key.text.startsWith(`${algorithms}.`)).toBe(true);
  });

  test('a key that came under another key’s id does not open', () => {
    const stranger = new KeyRingVault(makeKeyRing('k1'));
    expect(() => stranger.open(vault.seal('secret', context), context)).toThrow(/altered/);
  });
});

describe.each(['aes', 'sm'] as const)('hashing with the algorithms of %s', (algorithms) => {
  const ring = makeKeyRing('k1', algorithms);
  const vault = new KeyRingVault(ring);

  test('equal under one purpose, different under another and under another hash key; rotation does not move it', () => {
    const hash = vault.hash('ABCD', 'code');
    expect(vault.hash('ABCD', 'code')).toBe(hash);
    expect(vault.hash('ABCD', 'subject')).not.toBe(hash);
    expect(new KeyRingVault(makeKeyRing('k1')).hash('ABCD', 'code')).not.toBe(hash);
    expect(new KeyRingVault({ ...ring, keys: makeKeyRing('k2').keys }).hash('ABCD', 'code')).toBe(hash);
  });

  test('a rotation to the other algorithms finds what was hashed before', () => {
    const hash = vault.hash('ABCD', 'code');
    const rotated = new KeyRingVault(withNewKey(ring, 'k2', false, algorithms === 'sm' ? 'aes' : 'sm'));
    expect(rotated.hash('ABCD', 'code')).not.toBe(hash);
    expect(rotated.hashes('ABCD', 'code')).toContain(hash);
  });
});

test('the same key with other algorithms is another key: neither opens what the other sealed, and its check value differs', () => {
  const ring = makeKeyRing('k1', 'sm');
  const [named] = ring.keys;
  const other = new KeyRingVault({
    keys: [{ id: 'k1', key: named?.key ?? new Uint8Array() }],
    hashKeys: ring.hashKeys,
  });
  const vault = new KeyRingVault(ring);
  expect(() => other.open(vault.seal('secret', context), context)).toThrow(/altered/);
  expect(other.checks[0]?.value).not.toBe(vault.checks[0]?.value);
});
