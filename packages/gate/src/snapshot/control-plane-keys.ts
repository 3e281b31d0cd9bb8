import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import {
  type LoggedAnswer,
  notSignedByControlPlane,
  type SnapshotFacts,
  type SnapshotHeader,
  signedBytes,
  signedText,
} from '@openbeian/model/gate';

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
  const opened = keys.map(readPublicKey);
  const isSigned = (message: Uint8Array, signature: string): boolean => {
    const bytes = Buffer.from(signature, 'base64');
    return opened.some((key) => verify(null, message, key, bytes));
  };
  return {
    isGenuine: ({ text, signature }) =>
      signature !== null && isSigned(Buffer.from(signedText('changes', text)), signature),
    checkPreamble(preamble, header, { signature }) {
      if (signature === undefined || !isSigned(signedBytes(preamble, header), signature))
        throw notSignedByControlPlane('signature');
    },
  };
}

/**
 * A pinned key.
 * @throws where it is no Ed25519 public key
 */
export function readPublicKey(base64: string): KeyObject {
  const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('expected an Ed25519 key');
  return key;
}

/** Takes bytes one after another and compares their SHA-256 at the end; an unsigned snapshot has none to compare with. */
export function digestCheck(expected: string | undefined): {
  update(bytes: Uint8Array): void;
  end(where: string): void;
} {
  if (expected === undefined) return { update: () => {}, end: () => {} };
  const hash = createHash('sha256');
  return {
    update: (bytes) => void hash.update(bytes),
    end(where) {
      if (hash.digest('hex') !== expected) throw notSignedByControlPlane(where);
    },
  };
}
