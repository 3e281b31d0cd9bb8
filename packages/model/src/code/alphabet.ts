/**
 * The letters of a filing code: no 0/O, 1/I/L, so that it can be read aloud and typed. There are 31 of them, a
 * prime, which is what lets one check character catch every single wrong letter and every swap of two.
 */
export const codeAlphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
export const codeLength = 20;

/** Weight of position `index` (0-based): 20, 19 … 1, all different and none zero modulo 31. */
const weightAt = (index: number): number => codeLength - index;

/** The check character of 19 letters: it makes the weighted sum of all 20 divisible by 31. */
export function checkCharacter(body: string): string {
  let sum = 0;
  for (let index = 0; index < codeLength - 1; index += 1) {
    sum += weightAt(index) * codeAlphabet.indexOf(body.charAt(index));
  }
  const modulus = codeAlphabet.length;
  return codeAlphabet.charAt((modulus - (sum % modulus)) % modulus);
}
