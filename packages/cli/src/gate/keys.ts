import { generateKeyPairSync } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { InputError } from '../io/input.ts';
import { ioWords, type Lang } from '../io/words.ts';

/** The halves of a new key: where the private one is, and the public one for `controlKeys` of gates. */
export interface GateKeys {
  readonly file: string;
  /** SPKI in base64. */
  readonly publicKey: string;
}

/**
 * Makes the Ed25519 key by which a server signs what gates decide by. The private half goes to the file, readable by its owner only.
 * @throws InputError where the file is there already or cannot be written
 */
export function makeGateKeys(file: string, lang: Lang): GateKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
    publicKeyEncoding: { format: 'der', type: 'spki' },
  });
  try {
    const handle = openSync(file, 'wx', 0o600);
    try {
      writeSync(handle, privateKey);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(ioWords.cannotWrite(file, why)[lang]);
  }
  return { file, publicKey: publicKey.toString('base64') };
}
