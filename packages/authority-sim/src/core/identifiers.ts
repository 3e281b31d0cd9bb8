import { certificateKey } from './normal-form.ts';

/**
 * A resident identity number: 18 characters, a date that exists and is not after `today`, the check character of
 * GB 11643. Prefixes 81–83 are residence permits of Hong Kong, Macao and Taiwan residents, 9 that of foreigners.
 */
export function isResidentNumber(number: string, today: string): boolean {
  const text = certificateKey(number);
  if (!/^[1-9]\d{16}[\dX]$/u.test(text)) return false;
  const born = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  const exists = new Date(`${born}T00:00:00Z`);
  if (Number.isNaN(exists.getTime()) || exists.toISOString().slice(0, 10) !== born) return false;
  if (born < '1850-01-01' || born > today) return false;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
  return '10X98765432'[sum % 11] === text[17];
}

/** A unified social credit code: 18 characters with the check character of GB 32100. */
export function isCreditCode(number: string): boolean {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const text = certificateKey(number);
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/u.test(text)) return false;
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
  const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(text[i] as string), 0);
  return alphabet[(31 - (sum % 31)) % 31] === text[17];
}
