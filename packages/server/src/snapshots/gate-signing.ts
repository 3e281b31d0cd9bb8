import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { type SnapshotSigner, signedText } from '@openbeian/model/gate';

/*
 * What gates decide by is signed with Ed25519 (docs/gate-snapshot.md), so that neither the network nor a disk between can change it.
 * The purpose in front keeps a signature of one kind from passing for another.
 */

const auditPurpose = 'openbeian audit export\n';

/**
 * Reads a signing key.
 * @param pem PKCS #8
 * @throws where it is no Ed25519 private key
 */
export function readSigningKey(pem: string): KeyObject {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('expected an Ed25519 private key');
  return key;
}

/** Signs what gates are answered: of changes the exact text, of a JSON snapshot its sum; in base64. */
export function createAnswerSigner(pem: string): (kind: 'changes' | 'snapshot json', text: string) => string {
  const signText = textSigner(pem, '');
  return (kind, text) => signText(signedText(kind, text));
}

/** Signs exports of the audit: the exact text, in base64. */
export const createExportSigner = (pem: string): ((text: string) => string) => textSigner(pem, auditPurpose);

function textSigner(pem: string, purpose: string): (text: string) => string {
  const key = readSigningKey(pem);
  return (text) => sign(null, Buffer.from(purpose + text), key).toString('base64');
}

/** Signs binary snapshots. */
export function createSnapshotSigner(pem: string): SnapshotSigner {
  const key = readSigningKey(pem);
  return {
    digest() {
      const hash = createHash('sha256');
      return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
    },
    sign: (message) => sign(null, message, key).toString('base64'),
  };
}
