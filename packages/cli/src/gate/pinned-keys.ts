import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import {
  type LoggedAnswer,
  notSignedByControlPlane,
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

/** @returns null where it is no Ed25519 public key (SPKI) in base64 */
export function readControlKey(base64: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

export function pinKeys(keys: readonly KeyObject[]): PinnedKeys {
  const isSigned = (message: Uint8Array, signature: string): boolean => {
    const bytes = Buffer.from(signature, 'base64');
    return keys.some((key) => verify(null, message, key, bytes));
  };
  return {
    isSignedSum: (sum, signature) => isSigned(Buffer.from(signedText('snapshot json', sum)), signature),
    isGenuine: ({ text, signature }) =>
      signature !== null && isSigned(Buffer.from(signedText('changes', text)), signature),
    checkSnapshot(preamble, header, { signature, hotSha256 }, hot) {
      if (signature === undefined || !isSigned(signedBytes(preamble, header), signature)) {
        throw notSignedByControlPlane('signature');
      }
      if (createHash('sha256').update(hot).digest('hex') !== hotSha256) throw notSignedByControlPlane('index');
    },
  };
}
