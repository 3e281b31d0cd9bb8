import {
  type Cipheriv,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';
import type { Algorithms } from './key-ring.ts';

/** What a sealed text is bound to besides its key. */
interface Bound {
  readonly keyId: string;
  readonly context: string;
}

/** Seals bytes under one key, bound to what is authenticated with them. */
export interface Sealer {
  /** Names the format in what is sealed. */
  readonly version: string;
  seal(clear: string | Uint8Array, bound: Bound, random: (length: number) => Uint8Array): Uint8Array;
  /** @throws where the bytes are not what `seal` made for the same `bound` */
  open(sealed: Uint8Array, bound: Bound): Buffer;
}

/** The formats by what names them, with the fewest bytes that each has: iv and tag. `open` is given no fewer. */
export const fewestBytes: ReadonlyMap<string, number> = new Map([
  ['v1', 12 + 16],
  ['v2', 16 + 32],
]);

/** AES-256-GCM with a random iv: iv, ciphertext and tag. */
function aesSealer(key: Uint8Array): Sealer {
  const version = 'v1';
  const [ivBytes, tagBytes] = [12, 16];
  const derived = derive(key, 'seal', 'aes');
  return {
    version,
    seal(clear, bound, random) {
      const iv = random(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', derived, iv, { authTagLength: tagBytes });
      cipher.setAAD(authenticated(version, bound));
      return Buffer.concat([iv, update(cipher, clear), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, bound) {
      const cipher = createDecipheriv('aes-256-gcm', derived, sealed.subarray(0, ivBytes), { authTagLength: tagBytes });
      cipher.setAAD(authenticated(version, bound));
      cipher.setAuthTag(sealed.subarray(-tagBytes));
      const clear = cipher.update(sealed.subarray(ivBytes, -tagBytes));
      return Buffer.concat([clear, cipher.final()]);
    },
  };
}

/**
 * SM4 (GB/T 32907) in counter mode, then HMAC-SM3 over what is bound and the ciphertext, with a key of its own: the OpenSSL of
 * Node has no SM4-GCM. Random iv, ciphertext, the whole 32 bytes of the HMAC.
 */
function smSealer(key: Uint8Array): Sealer {
  const version = 'v2';
  const [ivBytes, tagBytes] = [16, 32];
  const cipherKey = derive(key, 'seal:sm4', 'sm', 16);
  const tagKey = derive(key, 'seal:hmac', 'sm');
  const tagOf = (bound: Bound, sealed: Uint8Array) => {
    const authentic = authenticated(version, bound);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(authentic.length);
    return createHmac('sm3', tagKey).update(length).update(authentic).update(sealed).digest();
  };
  return {
    version,
    seal(clear, bound, random) {
      const iv = random(ivBytes);
      const cipher = createCipheriv('sm4-ctr', cipherKey, iv);
      const sealed = Buffer.concat([iv, update(cipher, clear), cipher.final()]);
      return Buffer.concat([sealed, tagOf(bound, sealed)]);
    },
    open(bytes, bound) {
      const sealed = bytes.subarray(0, -tagBytes);
      if (!timingSafeEqual(tagOf(bound, sealed), bytes.subarray(-tagBytes))) throw new RangeError('another tag');
      const cipher = createDecipheriv('sm4-ctr', cipherKey, sealed.subarray(0, ivBytes));
      return Buffer.concat([cipher.update(sealed.subarray(ivBytes)), cipher.final()]);
    },
  };
}

const update = (cipher: Cipheriv, clear: string | Uint8Array): Buffer =>
  typeof clear === 'string' ? cipher.update(clear, 'utf8') : cipher.update(clear);

export const sealerOf = (key: Uint8Array, algorithms: Algorithms): Sealer =>
  algorithms === 'sm' ? smSealer(key) : aesSealer(key);

const digestNames = { aes: 'sha256', sm: 'sm3' } as const;

/** HMAC-SHA-256 or HMAC-SM3, base64url. */
export const keyedHash = (algorithms: Algorithms, key: KeyObject, text: string): string =>
  createHmac(digestNames[algorithms], key).update(text, 'utf8').digest('base64url');

/**
 * A key for one purpose, derived with HKDF. A KeyObject: given bytes, every use would make one of them first, which costs more
 * than the use itself.
 */
export function derive(key: Uint8Array, purpose: string, algorithms: Algorithms, length = 32): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync(digestNames[algorithms], key, '', `openbeian/${purpose}`, length)));
}

function authenticated(version: string, { keyId, context }: Bound): Buffer {
  return Buffer.from(`${version}\0${keyId}\0${context}`, 'utf8');
}
