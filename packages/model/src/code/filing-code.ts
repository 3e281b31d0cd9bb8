import { checkCharacter, codeAlphabet, codeLength } from './alphabet.ts';

/** How a provider's codes look: 20 characters with a check character, or a UUID, which has none. */
export const codeFormats = ['check20', 'uuid'] as const;
export type CodeFormat = (typeof codeFormats)[number];

/** Bytes that a mint needs at most: rejection sampling keeps 248 of 256 values, so 40 leave ample room. */
const bytesPerMint = 40;
const largestFairByte = 256 - (256 % codeAlphabet.length);

/**
 * Mints a code from unguessable bytes. `randomBytes(n)` gives n of them and may be asked again when chance
 * rejects too many. 19 random letters carry 94 bits, a UUID 122.
 * @returns the canonical form: `XXXXX-XXXXX-XXXXX-XXXXX`, or a lower-case UUID of version 4.
 */
export function mintCode(format: CodeFormat, randomBytes: (length: number) => Uint8Array): string {
  return format === 'uuid' ? mintUuid(randomBytes) : mintChecked(randomBytes);
}

function mintChecked(randomBytes: (length: number) => Uint8Array): string {
  let body = '';
  while (body.length < codeLength - 1) {
    for (const byte of randomBytes(bytesPerMint)) {
      // A byte above the largest multiple of 31 would favour the first letters.
      if (byte < largestFairByte) body += codeAlphabet.charAt(byte % codeAlphabet.length);
      if (body.length === codeLength - 1) break;
    }
  }
  return grouped(body + checkCharacter(body));
}

function mintUuid(randomBytes: (length: number) => Uint8Array): string {
  const bytes = Uint8Array.from(randomBytes(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hyphenated(hex);
}

const hyphenated = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');

const grouped = (letters: string): string => letters.replace(/(.{5})(?=.)/g, '$1-');

const uuidLength = 32;

export type ParsedCode =
  | { readonly ok: true; readonly canonical: string; readonly format: CodeFormat }
  /** Not a code of any form, or its check character is wrong: a typing mistake, not an unknown code. */
  | { readonly ok: false };

/** What people type for a digit in a UUID, which has only the letters a to f: nothing else can have been meant. */
const digitsMistaken: Readonly<Record<string, string>> = { o: '0', i: '1', l: '1' };

/**
 * Reads a code as people paste or type it: any case, full-width letters, blanks and dashes anywhere; in a UUID also O
 * for 0 and I or L for 1. A code with a check character has none of these five, so such a letter is a mistake whose
 * right one nobody can know: it stays one.
 */
export function parseCode(text: string): ParsedCode {
  const plain = text.normalize('NFKC').trim();
  const letters = plain.replace(/[\s\p{Dash_Punctuation}\u2212]/gu, '').toUpperCase();
  if (letters.length === uuidLength) return parseUuid(letters.toLowerCase());
  if (letters.length !== codeLength) return { ok: false };
  for (const letter of letters) if (!codeAlphabet.includes(letter)) return { ok: false };
  const body = letters.slice(0, codeLength - 1);
  if (checkCharacter(body) !== letters.charAt(codeLength - 1)) return { ok: false };
  return { ok: true, canonical: grouped(letters), format: 'check20' };
}

function parseUuid(letters: string): ParsedCode {
  const hex = letters.replace(/[oil]/g, (letter) => digitsMistaken[letter] ?? letter);
  return /^[0-9a-f]+$/.test(hex) ? { ok: true, canonical: hyphenated(hex), format: 'uuid' } : { ok: false };
}
