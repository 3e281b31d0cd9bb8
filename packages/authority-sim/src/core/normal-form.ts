import { normaliseHost } from '@openbeian/model/domain-name';

/** Certificate numbers compare without spaces, width and case. */
export function certificateKey(number: string): string {
  return number.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
}

/** Site names compare without spaces, width and case. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
}

/** The name that can be filed, of which a domain name or a host below it is part; null where there is none. */
export function domainKey(name: string): string | null {
  return normaliseHost(name).registrableName;
}

/** True for exactly the name that can be filed: www.example.cn is not one, example.cn is. */
export function isFileableDomain(name: string): boolean {
  const host = normaliseHost(name);
  return host.kind === 'name' && host.host === host.registrableName;
}

/** The last six characters of a certificate number, as the SMS page asks for them. */
export function lastSixOf(certificateNumber: string): string {
  return certificateKey(certificateNumber).slice(-6);
}
