import { createHash } from 'node:crypto';
import { isSignedBy, type PinnedKey } from '@openbeian/gate/pinned-key';
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

export function pinKeys(keys: readonly PinnedKey[]): PinnedKeys {
  const isSigned = (message: Uint8Array, signature: string) => isSignedBy(keys, message, signature);
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
