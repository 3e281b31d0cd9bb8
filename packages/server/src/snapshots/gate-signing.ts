import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import {
  createSm2Verifier,
  isSm2Key,
  type Sm2Platform,
  type SnapshotSigner,
  signatureOfDer,
  signedText,
  sm2Text,
} from '@openbeian/model/gate';

/*
 * What gates decide by, and exports of the audit, are signed with Ed25519 or SM2, whichever the key is of (docs/gate-snapshot.md), so
 * that neither the network nor a disk between can change it. The purpose in front keeps a signature of one kind from passing
 * for another.
 */

const auditPurpose = 'openbeian audit export\n';

/** A private key, as what signs with it; signatures have 64 bytes. */
export interface SigningKey {
  readonly digestName: SnapshotSigner['digestName'];
  sign(message: Uint8Array): Uint8Array;
  /** Is this a signature that this key made? */
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}

/**
 * Reads a signing key.
 * @param pem PKCS #8
 * @throws where it is no private key of Ed25519 or SM2
 */
export function readSigningKey(pem: string): SigningKey {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType === 'ed25519') {
    const publicKey = createPublicKey(key);
    return {
      digestName: 'Sha256',
      sign: (message) => sign(null, message, key),
      verify: (message, signature) => verify(null, message, publicKey, signature),
    };
  }
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  if (!isSm2Key(spki)) throw new Error('expected a private key of Ed25519 or SM2');
  return sm2SigningKey(key, spki);
}

/** The older interface of OpenSSL, which hashes what it is given and nothing before it. */
const sm2Platform: Sm2Platform = {
  sm3: (bytes) => createHash('sm3').update(bytes).digest(),
  verify(spki, text, signature) {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    return createVerify('sm3').update(text).verify(key, signature);
  },
};

function sm2SigningKey(key: KeyObject, spki: Uint8Array): SigningKey {
  const isGenuine = createSm2Verifier(spki, sm2Platform);
  const signWith = (message: Uint8Array) =>
    signatureOfDer(
      createSign('sm3')
        .update(sm2Text(spki, message, sm2Platform))
        .sign(key),
    );
  const probe = Buffer.from('openbeian');
  if (!isGenuine(probe, signWith(probe))) throw new Error('no SM2 on this platform');
  return { digestName: 'Sm3', sign: signWith, verify: isGenuine };
}

/** Signs what gates are answered: of changes the exact text, of a JSON snapshot its sum; in base64. */
export function createAnswerSigner(pem: string): (kind: 'changes' | 'snapshot json', text: string) => string {
  const sign = signText(readSigningKey(pem), '');
  return (kind, text) => sign(signedText(kind, text));
}

/** Signs and checks exports of the audit: the exact text, in base64. */
export interface ExportSigner {
  sign(text: string): string;
  verify(text: string, signature: string): boolean;
}

export function createExportSigner(pem: string): ExportSigner {
  const key = readSigningKey(pem);
  return {
    sign: signText(key, auditPurpose),
    verify: (text, signature) => key.verify(Buffer.from(auditPurpose + text), Buffer.from(signature, 'base64')),
  };
}

const signText = (key: SigningKey, purpose: string) => (text: string) =>
  Buffer.from(key.sign(Buffer.from(purpose + text))).toString('base64');

/** Signs binary snapshots. */
export function createSnapshotSigner(pem: string): SnapshotSigner {
  const key = readSigningKey(pem);
  return {
    digestName: key.digestName,
    digest() {
      const hash = createHash(key.digestName === 'Sm3' ? 'sm3' : 'sha256');
      return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
    },
    sign: (message) => Buffer.from(key.sign(message)).toString('base64'),
  };
}
