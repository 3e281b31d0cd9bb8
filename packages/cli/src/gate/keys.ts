import { generateKeyPairSync } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { InputError } from '../io/input.ts';
import { ioWords, type Lang } from '../io/words.ts';

/** The halves of a new key: where the private one is, and the public one for `controlKeys` of gates. */
export interface GateKeys {
  readonly file: string;
  /** SPKI in base64. */
  readonly publicKey: string;
}

export type SigningAlgorithm = 'ed25519' | 'sm2';

const makePair = (algorithm: SigningAlgorithm) =>
  algorithm === 'sm2' ? generateKeyPairSync('ec', { namedCurve: 'SM2' }) : generateKeyPairSync('ed25519');

/**
 * Makes the key by which a server signs what gates decide by. The private half goes to the file, readable by its owner only.
 * @throws InputError where the file is there already or cannot be written
 */
export function makeGateKeys(file: string, algorithm: SigningAlgorithm, lang: Lang): GateKeys {
  const { privateKey, publicKey } = makePair(algorithm);
  try {
    writeWhole(file, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(ioWords.cannotWrite(file, why)[lang]);
  }
  return { file, publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') };
}

/** A new file, with all of the text on the disk, or none. */
function writeWhole(file: string, text: string): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    try {
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}
