import { domainToASCII, domainToUnicode } from 'node:url';

/** Certificate numbers compare without spaces, width and case. */
export function certificateKey(number: string): string {
  return number.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
}

/** Site names compare without spaces, width and case. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
}

/** Domain names compare in their ASCII form without a closing dot; null when it is no name at all. */
export function domainKey(name: string): string | null {
  const ascii = domainToASCII(name.normalize('NFKC').trim().replace(/\.$/u, ''));
  const labels = ascii.split('.');
  const wellFormed =
    ascii.length <= 253 &&
    labels.length >= 2 &&
    labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/u.test(label)) &&
    !/^\d+$/u.test(labels.at(-1) ?? '');
  return wellFormed ? ascii : null;
}

/** A domain name as people write it. */
export function domainText(name: string): string {
  return domainToUnicode(domainKey(name) ?? '') || name;
}

/** The last six characters of a certificate number, as the SMS page asks for them. */
export function lastSixOf(certificateNumber: string): string {
  return certificateKey(certificateNumber).slice(-6);
}
