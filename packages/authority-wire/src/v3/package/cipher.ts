import { createCipheriv, createDecipheriv } from 'node:crypto';
import { unreadable } from '../troubles.ts';

/** `encryptAlgorithm`: 0 none, 1 AES-128-CBC with PKCS #5 padding. */
export const encryptAlgorithms = { none: 0, aes: 1 } as const;

/** Key and initialisation vector as the authority issues them. */
export interface CipherKey {
  /** 16 ASCII characters. */
  readonly key: string;
  /** 16 ASCII characters. */
  readonly iv: string;
}

/** True for a key that AES-128-CBC can be run with. */
export function isCipherKey({ key, iv }: CipherKey): boolean {
  return [key, iv].every((text) => /^[\u0000-\u007f]{16}$/.test(text));
}

export function encrypt(bytes: Uint8Array, { key, iv }: CipherKey): Buffer {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(key, 'latin1'), Buffer.from(iv, 'latin1'));
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

/** @throws Fault `authority.unreadable` */
export function decrypt(bytes: Uint8Array, { key, iv }: CipherKey): Buffer {
  try {
    const decipher = createDecipheriv('aes-128-cbc', Buffer.from(key, 'latin1'), Buffer.from(iv, 'latin1'));
    return Buffer.concat([decipher.update(bytes), decipher.final()]);
  } catch {
    throw unreadable('decryption_failed');
  }
}
