import { isDay } from '../calendar/day.ts';

/** Identifiers that carry their own check. Rules and vectors: docs/sources.md `GB11643`, `GB32100`, `STD-4`. */

const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const idCheckLetters = '10X98765432';

/** Province prefixes of GB/T 2260, with 81/82/83 for the residence permits of Hong Kong, Macau and Taiwan people. */
const idRegions = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 81 82 83'.split(' '),
);

export type ResidentIdProblem = 'fifteen_digits' | 'form' | 'region' | 'birth_date' | 'check_digit';

/**
 * Checks an 18-character resident identity number (GB 11643); lower-case x is accepted.
 * @param today a day in Asia/Shanghai; a birth date after it is refused.
 */
export function residentIdProblem(text: string, today: string): ResidentIdProblem | null {
  const id = text.toUpperCase();
  if (/^\d{15}$/.test(id)) return 'fifteen_digits';
  if (!/^\d{17}[\dX]$/.test(id)) return 'form';
  if (!idRegions.has(id.slice(0, 2))) return 'region';
  const birth = birthDay(id);
  if (birth === null || birth > today) return 'birth_date';
  return residentIdCheckDigit(id) === id.charAt(17) ? null : 'check_digit';
}

/** The 18th character that belongs to the first 17 digits. */
export function residentIdCheckDigit(body: string): string {
  let sum = 0;
  for (let index = 0; index < 17; index += 1) sum += Number(body.charAt(index)) * (idWeights[index] ?? 0);
  return idCheckLetters.charAt(sum % 11);
}

/** The birth day in an 18-character number, or null where it is no real day. */
export function birthDay(id: string): string | null {
  const day = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;
  return isDay(day) && day >= '1900-01-01' ? day : null;
}

/** Whole years between the birth day and `today`. */
export function ageInYears(birth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return today.slice(5) < birth.slice(5) ? years - 1 : years;
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const orgWeights = [3, 7, 9, 10, 5, 8, 4, 2];

export type CreditCodeProblem = 'form' | 'check_character' | 'organisation_check';

/** Checks an 18-character unified social credit code (GB 32100) and the organisation code inside it (GB 11714). */
export function creditCodeProblem(text: string): CreditCodeProblem | null {
  const code = text.toUpperCase();
  if (code.length !== 18 || [...code].some((letter) => !creditAlphabet.includes(letter))) return 'form';
  if (creditCheckCharacter(code) !== code.charAt(17)) return 'check_character';
  return organisationCheck(code.slice(8, 16)) === code.charAt(16) ? null : 'organisation_check';
}

/** The 18th character that belongs to the first 17 (GB 32100, modulo 31). */
export function creditCheckCharacter(body: string): string {
  let sum = 0;
  for (let index = 0; index < 17; index += 1) {
    sum += creditAlphabet.indexOf(body.charAt(index)) * (creditWeights[index] ?? 0);
  }
  return creditAlphabet.charAt((31 - (sum % 31)) % 31);
}

/** The check character of an organisation code's 8 characters (GB 11714); letters count from A = 10, all 26 of them. */
export function organisationCheck(body: string): string {
  let sum = 0;
  for (let index = 0; index < 8; index += 1) sum += Number.parseInt(body.charAt(index), 36) * (orgWeights[index] ?? 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Mainland mobile: 1, 3–9, nine digits. */
export const isMobile = (text: string): boolean => /^1[3-9]\d{9}$/.test(text);

/** Fixed line `010-88888888` (with extension) or a 400 number. */
export const isFixedLine = (text: string): boolean =>
  /^0\d{2,3}-\d{7,8}(-\d{1,6})?$/.test(text) || /^400\d{7}$/.test(text);

/** E-mail, 6 to 128 characters as the authority's interface takes it (docs/sources.md `ISP-V3`). */
export const isEmail = (text: string): boolean =>
  text.length >= 6 && text.length <= 128 && /^[\w.+-]+@[A-Za-z\d-]+(\.[A-Za-z\d-]+)+$/.test(text);
