import { provinces } from '../province/index.ts';

// The first two digits of the divisions (GB/T 2260) by letter: of filing numbers, and of the everyday short names.
const filingDivisions = new Map<string, string>();
const everydayDivisions = new Map<string, string>();
const everydayToFiling = new Map<string, string>([['秦', '陕']]);

for (const { code, letter, everydayLetter } of provinces) {
  const division = code.slice(0, 2);
  filingDivisions.set(letter, division);
  if (everydayLetter) {
    everydayDivisions.set(everydayLetter, division);
    everydayToFiling.set(everydayLetter, letter);
  }
}

/** The 31 letters of filing numbers, in the order of GB/T 2260. */
export const provinceLetters: readonly string[] = [...filingDivisions.keys()];

/** True for a letter that a filing number (ICP备) may start with. */
export function isFilingLetter(letter: string): boolean {
  return filingDivisions.has(letter);
}

/** The two leading division digits of a letter of a licence or public-security number; undefined for any other. */
export function divisionOf(letter: string): string | undefined {
  return filingDivisions.get(letter) ?? everydayDivisions.get(letter);
}

/** What a filing number bears where somebody wrote the everyday short name: 甘 → 陇. */
export function filingLetterFor(letter: string): string | undefined {
  return everydayToFiling.get(letter);
}
