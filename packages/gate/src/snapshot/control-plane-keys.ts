import { createHash } from 'node:crypto';
import {
  type LoggedAnswer,
  notSignedByControlPlane,
  type SnapshotFacts,
  type SnapshotHeader,
  signedBytes,
  signedText,
} from '@openbeian/model/gate';
import { isSignedBy, type PinnedKey, readPublicKey } from '../pinned-key.ts';

/** Checks who made what a gate decides by, by the keys that are pinned in its configuration. */
export interface ControlPlaneKeys {
  /** Is this answer with changes signed by one of the keys? */
  isGenuine(answer: LoggedAnswer): boolean;
  /**
   * Checks the signature over the preamble of a snapshot.
   * @throws Fault `input.invalid` where it is missing or wrong
   */
  checkPreamble(preamble: Uint8Array, header: SnapshotHeader, facts: SnapshotFacts): void;
}

/** @param keys public keys (SPKI, DER) in base64; without any everything counts as genuine */
export function openControlPlaneKeys(keys: readonly string[] | undefined): ControlPlaneKeys {
  if (keys === undefined) return { isGenuine: () => true, checkPreamble: () => {} };
  const opened = keys.map(requireKey);
  const isSigned = (message: Uint8Array, signature: string) => isSignedBy(opened, message, signature);
  return {
    isGenuine: ({ text, signature }) =>
      signature !== null && isSigned(Buffer.from(signedText('changes', text)), signature),
    checkPreamble(preamble, header, { signature }) {
      if (signature === undefined || !isSigned(signedBytes(preamble, header), signature))
        throw notSignedByControlPlane('signature');
    },
  };
}

/** @throws where it is none: the configuration is read with it first */
function requireKey(base64: string): PinnedKey {
  const key = readPublicKey(base64);
  if (key === null) throw new Error('expected a key of Ed25519 or SM2');
  return key;
}

/** Takes bytes one after another and compares their digest at the end; an unsigned snapshot has none to compare with. */
export function digestCheck({
  sha256,
  sm3,
}: {
  readonly sha256: string | undefined;
  readonly sm3: string | undefined;
}): {
  update(bytes: Uint8Array): void;
  end(where: string): void;
} {
  const expected = sm3 ?? sha256;
  if (expected === undefined) return { update: () => {}, end: () => {} };
  const hash = createHash(sm3 === undefined ? 'sha256' : 'sm3');
  return {
    update: (bytes) => void hash.update(bytes),
    end(where) {
      if (hash.digest('hex') !== expected) throw notSignedByControlPlane(where);
    },
  };
}
