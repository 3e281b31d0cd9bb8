import { createHash, type JsonWebKey, X509Certificate } from 'node:crypto';
import { query } from '../command/operation.ts';

/**
 * Public key and fingerprints of an app's signing certificate, as the form asks for them. Nothing is kept; `input.invalid` for
 * what is no certificate, and for a private key, which nobody should hand over.
 */
export const readAppCertificate = query(
  { id: 'readAppCertificate', faults: [] },
  async ({ fault }, { certificate }: { readonly certificate: string }) => {
    const refuse = (expected: string, expectedZh: string) =>
      fault('input.invalid', { places: [{ path: 'certificate', expected, expectedZh }] });
    if (/PRIVATE KEY/.test(certificate)) {
      throw refuse('a certificate: this is a private key, keep it to yourself', '应为证书；这是私钥，请勿提供给任何人');
    }
    const found = certificateIn(certificate);
    const publicKey = found === null ? null : hexOf(found);
    if (found === null || publicKey === null) {
      throw refuse(
        'a certificate (PEM, or DER in base64) with an RSA or EC key',
        '应为 RSA 或 EC 公钥的证书（PEM，或 base64 编码的 DER）',
      );
    }
    const digest = (name: 'md5' | 'sha1' | 'sha256') => createHash(name).update(found.raw).digest('hex');
    return { publicKey, md5: digest('md5'), sha1: digest('sha1'), sha256: digest('sha256') };
  },
);

function certificateIn(text: string): X509Certificate | null {
  try {
    return new X509Certificate(text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64'));
  } catch {
    return null;
  }
}

/** The modulus of an RSA key, the uncompressed point of an EC one; null for other kinds. */
function hexOf(certificate: X509Certificate): string | null {
  const { n, x, y } = jwkOf(certificate);
  const hex = (part: string) => Buffer.from(part, 'base64url').toString('hex');
  if (n !== undefined) return hex(n);
  return x === undefined || y === undefined ? null : `04${hex(x)}${hex(y)}`;
}

/** Keys of other curves, such as SM2's, have no form as JWK, and some none that Node reads. */
function jwkOf(certificate: X509Certificate): JsonWebKey {
  try {
    return certificate.publicKey.export({ format: 'jwk' });
  } catch {
    return {};
  }
}
