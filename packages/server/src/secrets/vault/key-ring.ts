import { randomBytes } from 'node:crypto';

/**
 * The deployment's secrets. `keys` seal and open, the first one seals; `hashKeys` make look-up hashes, the first one new
 * ones. To rotate, a new key comes first, and the old ones stay as long as something is sealed or hashed under them
 * (`openbeian keys rotate`, `reseal`, `retire`).
 */
export interface KeyRing {
  readonly keys: readonly NamedKey[];
  readonly hashKeys: readonly NamedKey[];
  /**
   * The hash key of what is compared for days only (requests, sessions); it stays when others come first. Absent in rings
   * made before keys had ids of their own: `first`, or the first one.
   */
  readonly requestKeyId?: string;
}

export interface NamedKey {
  readonly id: string;
  readonly key: Uint8Array;
  /** With what it seals and hashes, as long as it is used; absent: `aes`. */
  readonly algorithms?: Algorithms;
}

/** `aes`: AES-256-GCM and SHA-256; `sm`: SM4 and SM3, the national algorithms of China. */
export type Algorithms = 'aes' | 'sm';
export const allAlgorithms: readonly Algorithms[] = ['aes', 'sm'];

export const algorithmsOf = ({ algorithms = 'aes' }: Pick<NamedKey, 'algorithms'>): Algorithms => algorithms;

/** A fresh random key; of the usual algorithms nothing is noted. */
function freshKey(id: string, algorithms: Algorithms): NamedKey {
  const key = randomBytes(keyBytes);
  return algorithms === 'aes' ? { id, key } : { id, key, algorithms };
}

/** The id of a hash key whose hashes name no key, as rings without `hashKeys` have it. */
export const firstHashKeyId = 'first';

/** Of every key, for sealing and for hashing. */
export const keyBytes = 32;

/** An id that no other key ring has. */
const newKeyId = (): string => `k${randomBytes(6).toString('hex')}`;

/** A key ring of fresh random keys under `id`, which no other ring should have. */
export function makeKeyRing(id: string = newKeyId(), algorithms: Algorithms = 'aes'): KeyRing {
  return { keys: [freshKey(id, algorithms)], hashKeys: [freshKey(id, algorithms)], requestKeyId: id };
}

/** The hash key of what is compared for days only. */
export function requestKeyOf({ hashKeys, requestKeyId = firstHashKeyId }: KeyRing): NamedKey | undefined {
  return hashKeys.find(({ id }) => id === requestKeyId) ?? hashKeys[0];
}

/**
 * A ring with a fresh key for sealing and one for hashing, both under `id`: in use at once, or (`staged`) only known.
 * @param algorithms those of the present newest key unless given
 */
export function withNewKey(ring: KeyRing, id: string, staged: boolean, algorithms?: Algorithms): KeyRing {
  const add = (keys: readonly NamedKey[]): NamedKey[] => {
    const fresh = freshKey(id, algorithms ?? algorithmsOf(keys[0] ?? {}));
    return staged ? [...keys, fresh] : [fresh, ...keys];
  };
  return withRequestKey({ keys: add(ring.keys), hashKeys: add(ring.hashKeys) }, requestKeyOf(ring)?.id);
}

/** A ring whose keys of that id seal and hash from now on. */
export function withActive(ring: KeyRing, id: string): KeyRing {
  const first = (keys: readonly NamedKey[]) => [
    ...keys.filter((key) => key.id === id),
    ...keys.filter((key) => key.id !== id),
  ];
  return withRequestKey({ keys: first(ring.keys), hashKeys: first(ring.hashKeys) }, requestKeyOf(ring)?.id);
}

export function withoutKey(ring: KeyRing, id: string): KeyRing {
  const others = (keys: readonly NamedKey[]) => keys.filter((key) => key.id !== id);
  return withRequestKey({ keys: others(ring.keys), hashKeys: others(ring.hashKeys) }, requestKeyOf(ring)?.id);
}

/** Names the request key, unless the ring has it no more or nothing needs saying. */
function withRequestKey(ring: KeyRing, id: string | undefined): KeyRing {
  if (id === undefined || id === firstHashKeyId || !ring.hashKeys.some((key) => key.id === id)) return ring;
  return { ...ring, requestKeyId: id };
}
