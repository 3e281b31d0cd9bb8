import { createHash, createPublicKey, createVerify, verify } from 'node:crypto';
import {
  createSm2Verifier,
  isSm2Key,
  type LoggedAnswer,
  notSignedByControlPlane,
  type Sm2Platform,
  type SnapshotFacts,
  type SnapshotHeader,
  signedBytes,
  signedText,
} from '@openbeian/model/gate';

/** The control plane's public keys, by which facts are checked; without any, facts that nobody signed are read too. */
export interface PinnedKeys {
  isSignedSum(sum: string, signature: string): boolean;
  isGenuine(answer: LoggedAnswer): boolean;
  /** @throws Fault `input.invalid` where the preamble, or what decisions need behind it, is not what one of the keys signed */
  checkSnapshot(preamble: Uint8Array, header: SnapshotHeader, facts: SnapshotFacts, hot: Uint8Array): void;
}

/** Checks a signature by a pinned key. */
export type ControlKey = (message: Uint8Array, signature: Uint8Array) => boolean;

const publicKeyOf = (spki: Uint8Array) => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });

/** The older interface of OpenSSL, which hashes what it is given and nothing before it. */
const sm2Platform: Sm2Platform = {
  sm3: (bytes) => createHash('sm3').update(bytes).digest(),
  verify: (spki, text, signature) => createVerify('sm3').update(text).verify(publicKeyOf(spki), signature),
};

/** @returns null where it is no public key of Ed25519 or SM2 (SPKI) in base64 */
export function readControlKey(base64: string): ControlKey | null {
  try {
    const spki = Buffer.from(base64, 'base64');
    if (isSm2Key(spki)) return createSm2Verifier(spki, sm2Platform);
    const key = publicKeyOf(spki);
    return key.asymmetricKeyType === 'ed25519' ? (message, signature) => verify(null, message, key, signature) : null;
  } catch {
    return null;
  }
}

export function pinKeys(keys: readonly ControlKey[]): PinnedKeys {
  const isSigned = (message: Uint8Array, signature: string): boolean => {
    const bytes = Buffer.from(signature, 'base64');
    return keys.some((isGenuine) => isGenuine(message, bytes));
  };
  return {
    isSignedSum: (sum, signature) => isSigned(Buffer.from(signedText('snapshot json', sum)), signature),
    isGenuine: ({ text, signature }) =>
      signature !== null && isSigned(Buffer.from(signedText('changes', text)), signature),
    checkSnapshot(preamble, header, { signature, hotSha256, hotSm3 }, hot) {
      if (signature === undefined || !isSigned(signedBytes(preamble, header), signature)) {
        throw notSignedByControlPlane('signature');
      }
      const digest = createHash(hotSm3 === undefined ? 'sha256' : 'sm3')
        .update(hot)
        .digest('hex');
      if (digest !== (hotSm3 ?? hotSha256)) throw notSignedByControlPlane('index');
    },
  };
}
