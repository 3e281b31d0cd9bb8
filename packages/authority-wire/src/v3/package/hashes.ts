import { createHash } from 'node:crypto';
import { encodeGbk } from './characters.ts';

/** The only hash of interface V3.0, by its number. */
export const md5Algorithm = 0;

const md5 = (bytes: Uint8Array): Buffer => createHash('md5').update(bytes).digest();

/** `pwdHash`: base64 of the raw MD5 of password and `randVal`, joined, in GBK. */
export function passwordHash(password: string, randVal: string): string {
  return md5(encodeGbk(password + randVal)).toString('base64');
}

/** `beianInfoHash`: base64 of the raw MD5 of the ZIP, before it is encrypted. */
export function contentHash(zip: Uint8Array): string {
  return md5(zip).toString('base64');
}

/** `ICPmm`: the MD5 of the filing password (备案密码) in hexadecimal digits, unlike the other two. */
export function filingPasswordHash(filingPassword: string): string {
  return md5(encodeGbk(filingPassword)).toString('hex');
}

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** How long a `randVal` is: exactly; the authority refuses a shorter one. */
const randValLength = 20;

/**
 * A `randVal`: 20 digits and letters, new for each call.
 * @param randomBelow a random whole number from 0 to below what it is given, from a secure source
 */
export function makeRandVal(randomBelow: (limit: number) => number): string {
  return Array.from({ length: randValLength }, () => letters[randomBelow(letters.length)]).join('');
}
