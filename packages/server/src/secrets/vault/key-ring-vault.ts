import { type KeyObject, randomBytes } from 'node:crypto';
import { Fault } from '@openbeian/model/fault';
import type { SealingContext } from '../../ports/sealing-contexts.ts';
import type { DataKey, HashPurpose, KeyCheck, Vault } from '../../ports/vault.ts';
import { derive, fewestBytes, keyedHash, type Sealer, sealerOf } from './algorithms.ts';
import {
  type Algorithms,
  algorithmsOf,
  allAlgorithms,
  firstHashKeyId,
  type KeyRing,
  keyBytes,
  type NamedKey,
  requestKeyOf,
} from './key-ring.ts';

/**
 * A vault over a key ring. Sealed: `<format>.<key id>.<base64url>`, with the algorithms of that key: `v1` is AES-256-GCM, `v2` SM4 and
 * HMAC-SM3; format, key id and context are authenticated with it. Hashes: `<key id>.<HMAC, base64url>`, under the first hash key
 * without its id. Every key that works is derived (HKDF) from one of the ring for its one purpose.
 */
export class KeyRingVault implements Vault {
  readonly #sealing: { readonly id: string; readonly sealer: Sealer; readonly algorithms: Algorithms };
  readonly #opening: ReadonlyMap<string, Sealer>;
  readonly #hashing: readonly HashKey[];
  /** Requests are compared for days, not looked up for years: their key changes only when it is retired. */
  readonly #settled: HashKey | undefined;
  readonly newest: Vault['newest'];
  readonly checks: Vault['checks'];
  readonly #randomBytes: (length: number) => Uint8Array;

  /** `random` gives unguessable bytes; an iv must never come twice under one key. */
  constructor(ring: KeyRing, random: (length: number) => Uint8Array = randomBytes) {
    const opening = new Map(ring.keys.map((named) => [named.id, sealerOf(named.key, algorithmsOf(named))]));
    const [newest] = ring.keys;
    const id = newest?.id;
    const sealer = id === undefined ? undefined : opening.get(id);
    if (newest === undefined || id === undefined || sealer === undefined)
      throw new RangeError('a key ring needs a key');
    this.#sealing = { id, sealer, algorithms: algorithmsOf(newest) };
    this.#opening = opening;
    this.#hashing = ring.hashKeys.map(hashKeyOf);
    this.#settled = this.#hashing[ring.hashKeys.findIndex(({ id }) => id === requestKeyOf(ring)?.id)];
    this.checks = [...checksOf('sealing', ring.keys), ...checksOf('hashing', ring.hashKeys)];
    this.newest = { sealing: id, hashing: ring.hashKeys[0]?.id ?? '' };
    this.#randomBytes = random;
  }

  seal(clear: string, context: SealingContext): string {
    const { id, sealer } = this.#sealing;
    const sealed = sealer.seal(clear, { keyId: id, context }, this.#randomBytes);
    return `${sealer.version}.${id}.${Buffer.from(sealed).toString('base64url')}`;
  }

  /** @throws Fault `store.unreadable` when the text is not a sealed one of this context, `secret.unknown_key` */
  open(sealed: string, context: SealingContext): string {
    const [format = '', id = '', body = '', ...rest] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');
    const fewest = fewestBytes.get(format) ?? Number.POSITIVE_INFINITY;
    // First of all: what is no sealed text names no key that could be added.
    if (rest.length > 0 || bytes.length < fewest) throw notSealed(context);
    const sealer = this.#opening.get(id);
    if (sealer === undefined) {
      throw new Fault('secret.unknown_key', {
        detail: {
          zh: `密钥“${id}”不在密钥配置中，请把它加回。`,
          en: `Key "${id}" is not in the key ring. Add it back.`,
        },
      });
    }
    if (sealer.version !== format) throw notSealed(context);
    try {
      return sealer.open(bytes, { keyId: id, context }).toString('utf8');
    } catch (cause) {
      throw notSealed(context, cause);
    }
  }

  makeDataKey(): DataKey {
    return dataKeyOf(this.#sealing.algorithms, this.#randomBytes(keyBytes), this.#randomBytes);
  }

  dataKeyOf(text: string): DataKey {
    const [name, body = ''] = text.split('.');
    const algorithms = allAlgorithms.find((one) => one === name);
    const key = Buffer.from(body, 'base64url');
    if (algorithms === undefined || key.length !== keyBytes) throw notSealed('data key');
    return dataKeyOf(algorithms, key, this.#randomBytes);
  }

  hash(text: string, purpose: HashPurpose): string {
    return hashUnder(purpose === 'request' ? this.#settled : this.#hashing[0], text, purpose);
  }

  hashes(text: string, purpose: HashPurpose): readonly string[] {
    return this.#hashing.map((key) => hashUnder(key, text, purpose));
  }
}

/** What is sealed under it names no key: it belongs to one row, which has the key. */
function dataKeyOf(algorithms: Algorithms, key: Uint8Array, random: (length: number) => Uint8Array): DataKey {
  const sealer = sealerOf(key, algorithms);
  const boundTo = (what: string) => ({ keyId: 'data', context: what });
  return {
    text: `${algorithms}.${Buffer.from(key).toString('base64url')}`,
    seal: (clear, what) => sealer.seal(clear, boundTo(what), random),
    open(sealed, what) {
      if (sealed.byteLength < (fewestBytes.get(sealer.version) ?? 0)) throw notSealed(what);
      try {
        return sealer.open(sealed, boundTo(what));
      } catch (cause) {
        throw notSealed(what, cause);
      }
    },
  };
}

/** A check value is a hash of the key's use and id under a key derived for that alone: it says nothing about the key. */
function checksOf(use: KeyCheck['use'], keys: KeyRing['keys']): KeyCheck[] {
  return keys.map((named) => {
    const { id, key } = named;
    const algorithms = algorithmsOf(named);
    return { use, keyId: id, value: keyedHash(algorithms, derive(key, 'check', algorithms), `${use}\0${id}`) };
  });
}

interface HashKey {
  readonly prefix: string;
  readonly algorithms: Algorithms;
  readonly keys: Readonly<Record<HashPurpose, KeyObject>>;
}

function hashKeyOf(named: NamedKey): HashKey {
  const { id, key } = named;
  const algorithms = algorithmsOf(named);
  const derived = (purpose: HashPurpose) => derive(key, `hash:${purpose}`, algorithms);
  return {
    prefix: id === firstHashKeyId ? '' : `${id}.`,
    algorithms,
    keys: {
      code: derived('code'),
      subject: derived('subject'),
      request: derived('request'),
      api_key: derived('api_key'),
      material: derived('material'),
      form_value: derived('form_value'),
      second_look: derived('second_look'),
      verified_person: derived('verified_person'),
    },
  };
}

function hashUnder(key: HashKey | undefined, text: string, purpose: HashPurpose): string {
  if (key === undefined) throw new RangeError('a key ring needs a hash key');
  return key.prefix + keyedHash(key.algorithms, key.keys[purpose], text);
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
