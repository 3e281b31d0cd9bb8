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
    return opened.some((isGenuine) => isGenuine(message, bytes));
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

const publicKeyOf = (spki: Uint8Array) => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });

/** The older interface of OpenSSL, which hashes what it is given and nothing before it. */
const sm2Platform: Sm2Platform = {
  sm3: (bytes) => createHash('sm3').update(bytes).digest(),
  verify: (spki, text, signature) => createVerify('sm3').update(text).verify(publicKeyOf(spki), signature),
};

/**
 * A pinned key, as what checks a signature by it.
 * @throws where it is no public key of Ed25519 or SM2
 */
export function readPublicKey(base64: string): (message: Uint8Array, signature: Uint8Array) => boolean {
  const spki = Buffer.from(base64, 'base64');
  const key = publicKeyOf(spki);
  if (isSm2Key(spki)) return createSm2Verifier(spki, sm2Platform);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('expected a key of Ed25519 or SM2');
  return (message, signature) => verify(null, message, key, signature);
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
