import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { Fault } from '@openbeian/model/fault';
import type { SealingContext } from '../../ports/sealing-contexts.ts';
import type { HashPurpose, KeyCheck, Vault } from '../../ports/vault.ts';
import { firstHashKeyId, type KeyRing, requestKeyOf } from './key-ring.ts';

const version = 'v1';
const ivBytes = 12;
const tagBytes = 16;

/**
 * A vault over a key ring. Sealed: `v1.<key id>.<base64url of iv, ciphertext and tag>`, AES-256-GCM with a random iv;
 * version, key id and context are authenticated with it. Hashes: `<key id>.<HMAC-SHA-256, base64url>`, under the first
 * hash key without its id. Every key that works is derived (HKDF-SHA-256) from one of the ring for its one purpose.
 */
export class KeyRingVault implements Vault {
  readonly #sealing: { readonly id: string; readonly key: KeyObject };
  readonly #opening: ReadonlyMap<string, KeyObject>;
  readonly #hashing: readonly HashKey[];
  /** Requests are compared for days, not looked up for years: their key changes only when it is retired. */
  readonly #settled: HashKey | undefined;
  readonly newest: Vault['newest'];
  readonly checks: Vault['checks'];
  readonly #randomBytes: (length: number) => Uint8Array;

  /** `random` gives unguessable bytes; an iv must never come twice under one key. */
  constructor(ring: KeyRing, random: (length: number) => Uint8Array = randomBytes) {
    const opening = new Map(ring.keys.map(({ id, key }) => [id, derive(key, 'seal')]));
    const id = ring.keys[0]?.id;
    const key = id === undefined ? undefined : opening.get(id);
    if (id === undefined || key === undefined) throw new RangeError('a key ring needs a key');
    this.#sealing = { id, key };
    this.#opening = opening;
    this.#hashing = ring.hashKeys.map(({ id, key }) => ({
      prefix: id === firstHashKeyId ? '' : `${id}.`,
      keys: {
        code: derive(key, 'hash:code'),
        subject: derive(key, 'hash:subject'),
        request: derive(key, 'hash:request'),
        api_key: derive(key, 'hash:api_key'),
      },
    }));
    this.#settled = this.#hashing[ring.hashKeys.findIndex(({ id }) => id === requestKeyOf(ring)?.id)];
    this.checks = [...checksOf('sealing', ring.keys), ...checksOf('hashing', ring.hashKeys)];
    this.newest = { sealing: id, hashing: ring.hashKeys[0]?.id ?? '' };
    this.#randomBytes = random;
  }

  seal(clear: string, context: SealingContext): string {
    const { id, key } = this.#sealing;
    const iv = this.#randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
    cipher.setAAD(authenticated(id, context));
    const sealed = Buffer.concat([iv, cipher.update(clear, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${version}.${id}.${sealed.toString('base64url')}`;
  }

  /** @throws Fault `store.unreadable` when the text is not a sealed one of this context, `secret.unknown_key` */
  open(sealed: string, context: SealingContext): string {
    const [format, id = '', body = '', ...rest] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');
    if (format !== version || rest.length > 0 || bytes.length < ivBytes + tagBytes) throw notSealed(context);
    const key = this.#opening.get(id);
    if (key === undefined) {
      throw new Fault('secret.unknown_key', {
        detail: {
          zh: `密钥“${id}”不在密钥配置中，请把它加回。`,
          en: `Key "${id}" is not in the key ring. Add it back.`,
        },
      });
    }
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
    decipher.setAAD(authenticated(id, context));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw notSealed(context, cause);
    }
  }

  hash(text: string, purpose: HashPurpose): string {
    return hashUnder(purpose === 'request' ? this.#settled : this.#hashing[0], text, purpose);
  }

  hashes(text: string, purpose: HashPurpose): readonly string[] {
    return this.#hashing.map((key) => hashUnder(key, text, purpose));
  }
}

/** A check value is a hash of the key's use and id under a key derived for that alone: it says nothing about the key. */
function checksOf(use: KeyCheck['use'], keys: KeyRing['keys']): KeyCheck[] {
  return keys.map(({ id, key }) => ({
    use,
    keyId: id,
    value: createHmac('sha256', derive(key, 'check')).update(`${use}\0${id}`, 'utf8').digest('base64url'),
  }));
}

interface HashKey {
  readonly prefix: string;
  readonly keys: Readonly<Record<HashPurpose, KeyObject>>;
}

function hashUnder(key: HashKey | undefined, text: string, purpose: HashPurpose): string {
  if (key === undefined) throw new RangeError('a key ring needs a hash key');
  return key.prefix + createHmac('sha256', key.keys[purpose]).update(text, 'utf8').digest('base64url');
}

/** A KeyObject: given bytes, every use would make one of them first, which costs more than the use itself. */
function derive(key: Uint8Array, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, '', `openbeian/${purpose}`, 32)));
}

function authenticated(keyId: string, context: string): Buffer {
  return Buffer.from(`${version}\0${keyId}\0${context}`, 'utf8');
}

function notSealed(context: string, cause?: unknown): Fault {
  return new Fault('store.unreadable', {
    detail: {
      zh: `${context} 的加密内容已被改动，或不属于此处`,
      en: `what should be sealed for ${context} is altered or belongs elsewhere`,
    },
    cause,
  });
}
