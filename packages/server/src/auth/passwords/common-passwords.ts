import { createRequire } from 'node:module';
import type { dictionary } from '@zxcvbn-ts/language-common';

let list: ReadonlySet<string> | null = null;

/** Its words, 400 kB of them, are loaded for the first password that somebody chooses. */
function known(): ReadonlySet<string> {
  if (list !== null) return list;
  const language: unknown = createRequire(import.meta.url)('@zxcvbn-ts/language-common');
  // What the module exports, as its own types say.
  const words = (language as { readonly dictionary: typeof dictionary }).dictionary;
  list = new Set(words['passwords-common']);
  return list;
}

const lookalikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * Is this among the passwords that everybody tries first? The list is zxcvbn's, of passwords that leaked most often; a
 * few usual ways to dress one up do not help: capitals, figures for letters, a year or signs at its end, twice in a row.
 */
export function isCommonPassword(password: string): boolean {
  const plain = password.toLowerCase();
  const bare = (text: string) => text.replace(/[^a-z]+$/, '').replace(/^[^a-z]+/, '');
  const spelt = plain.replace(/[013457@$!]/g, (sign) => lookalikes[sign] ?? sign);
  const unit = /^(.{1,5}?)\1+$/u.exec(plain)?.[1];
  const forms = [plain, spelt, bare(plain), bare(spelt), plain.replace(/\d+$/, '')];
  return unit !== undefined || isRow(plain) || forms.some((form) => form.length >= 4 && known().has(form));
}

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'zyxwvutsrqponmlkjihgfedcba',
];

/** Signs in the order of the alphabet, of figures or of the keyboard. */
const isRow = (text: string): boolean =>
  rows.some((row) => row.includes(text)) || '98765432109876543210'.includes(text);
