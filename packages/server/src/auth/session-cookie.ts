import { createHmac, timingSafeEqual } from 'node:crypto';

/** The library's format: `token.signature`, the signature an HMAC-SHA-256 of the token in base64. */
const signatureLength = 44;

/**
 * The token that the cookie of this name holds, if we signed it. As the library reads it, but at once: every request does.
 * @param header the request's `cookie`
 */
export function signedToken(header: string | null, name: string, secret: string): string | null {
  const value = cookieValue(header ?? '', name);
  if (value === null) return null;
  const dot = value.lastIndexOf('.');
  const signature = value.slice(dot + 1);
  if (dot < 1 || signature.length !== signatureLength || !signature.endsWith('=')) return null;
  const token = value.slice(0, dot);
  const given = Buffer.from(signature, 'base64');
  const own = createHmac('sha256', secret).update(token).digest();
  return given.length === own.length && timingSafeEqual(given, own) ? token : null;
}

/** The first of that name; null also for one that cannot be decoded. */
function cookieValue(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const [key = '', ...value] = part.trim().split('=');
    if (key !== name) continue;
    try {
      return decodeURIComponent(value.join('='));
    } catch {
      return null;
    }
  }
  return null;
}
