import { createHash, createPublicKey, createVerify, verify } from 'node:crypto';
import { createSm2Verifier, isSm2Key, type Sm2Platform } from '@openbeian/model/gate';

/** Checks a signature by a pinned key. */
export type PinnedKey = (message: Uint8Array, signature: Uint8Array) => boolean;

const publicKeyOf = (spki: Uint8Array) => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });

/** The older interface of OpenSSL, which hashes what it is given and nothing before it. */
const sm2Platform: Sm2Platform = {
  sm3: (bytes) => createHash('sm3').update(bytes).digest(),
  verify: (spki, text, signature) => createVerify('sm3').update(text).verify(publicKeyOf(spki), signature),
};

/** @returns null where it is no public key of Ed25519 or SM2 (SPKI) in base64 */
export function readPublicKey(base64: string): PinnedKey | null {
  try {
    const spki = Buffer.from(base64, 'base64');
    const key = publicKeyOf(spki);
    if (isSm2Key(spki)) return createSm2Verifier(spki, sm2Platform);
    return key.asymmetricKeyType === 'ed25519' ? (message, signature) => verify(null, message, key, signature) : null;
  } catch {
    return null;
  }
}

/** Is it signed by one of these keys? @param signature in base64 */
export function isSignedBy(keys: readonly PinnedKey[], message: Uint8Array, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64');
  return keys.some((isGenuine) => isGenuine(message, bytes));
}
