import { Fault, type FaultPlace } from '@openbeian/model/fault';
import { type Algorithms, allAlgorithms, firstHashKeyId, type KeyRing, keyBytes, type NamedKey } from './key-ring.ts';

const keyIdForm = /^[a-z0-9-]{1,32}$/;

/**
 * Reads a key ring: `{"keys": [{"id": "k1", "key": "<32 bytes, base64>"}], "hashKeys": [{"id", "key"}], "requestKeyId":
 * "k1"}`; keys of the national algorithms also have `"algorithms": "sm"`. Rings made by early releases have `"hashKey": "<32 bytes, base64>"` instead of `hashKeys`.
 * @param where names the source in faults, e.g. `keys.json`.
 * @throws Fault `config.invalid` with every wrong place; no secret is repeated in it.
 */
export function parseKeyRing(text: string, where: string): KeyRing {
  const places: FaultPlace[] = [];
  const wrong = (path: string, expected: string): void => void places.push({ path: `${where}: ${path}`, expected });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    wrong('(all)', 'a JSON object {"keys": [{"id", "key"}], "hashKeys": [{"id", "key"}]}');
  }
  const object = asObject(document);
  if (object === null && places.length === 0)
    wrong('(all)', 'a JSON object {"keys": [{"id", "key"}], "hashKeys": [{"id", "key"}]}');
  const ring = object ?? {};
  if (object !== null) refuseUnknown(ring, ['keys', 'hashKey', 'hashKeys', 'requestKeyId'], '', wrong);

  const readKey = (value: unknown, path: string): Uint8Array => {
    const bytes = typeof value === 'string' && /^[A-Za-z0-9+/]{43}=$/.test(value) ? Buffer.from(value, 'base64') : null;
    if (bytes === null) wrong(path, `${keyBytes} bytes in base64 (44 characters), e.g. from: openssl rand -base64 32`);
    return bytes ?? new Uint8Array(keyBytes);
  };
  const readKeys = (name: 'keys' | 'hashKeys'): NamedKey[] => {
    const entries = Array.isArray(ring[name]) ? (ring[name] as unknown[]) : [];
    if (object !== null && entries.length === 0) wrong(name, 'at least one key, newest first');
    const ids = new Set<string>();
    return entries.map((entry, index) => {
      const { id, key, algorithms, ...rest } = asObject(entry) ?? {};
      refuseUnknown(rest, [], `${name}[${index}].`, wrong);
      const known = typeof id === 'string' && keyIdForm.test(id) ? id : '';
      if (known === '') wrong(`${name}[${index}].id`, '1 to 32 of a-z, 0-9 and -');
      else if (ids.has(known)) wrong(`${name}[${index}].id`, 'an id that no other key has');
      ids.add(known);
      const read = { id: known, key: readKey(key, `${name}[${index}].key`) };
      if (algorithms === undefined) return read;
      if (!isAlgorithms(algorithms)) wrong(`${name}[${index}].algorithms`, `one of ${allAlgorithms.join(', ')}`);
      return algorithms === 'sm' ? { ...read, algorithms } : read;
    });
  };
  const keys = readKeys('keys');
  if (ring.hashKeys !== undefined && ring.hashKey !== undefined) wrong('hashKey', 'either hashKey or hashKeys');
  const hashKeys =
    object === null || ring.hashKeys === undefined
      ? [{ id: firstHashKeyId, key: object === null ? new Uint8Array(keyBytes) : readKey(ring.hashKey, 'hashKey') }]
      : readKeys('hashKeys');
  const { requestKeyId } = ring;
  const isKnown = hashKeys.some(({ id }) => id === requestKeyId);
  if (requestKeyId !== undefined && !isKnown) wrong('requestKeyId', 'the id of one of hashKeys');
  if (places.length > 0) throw new Fault('config.invalid', { places });
  return typeof requestKeyId === 'string' ? { keys, hashKeys, requestKeyId } : { keys, hashKeys };
}

/** The text that `parseKeyRing` reads. */
export function formatKeyRing(ring: KeyRing): string {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  const written = (keys: readonly NamedKey[]) =>
    keys.map(({ id, key, algorithms }) => ({ id, key: base64(key), algorithms }));
  const [first, ...others] = ring.hashKeys;
  const never = first?.id === firstHashKeyId && others.length === 0 && first.algorithms === undefined;
  const hashing = never ? { hashKey: base64(first.key) } : { hashKeys: written(ring.hashKeys) };
  const { requestKeyId } = ring;
  return `${JSON.stringify({ keys: written(ring.keys), ...hashing, requestKeyId }, null, 2)}\n`;
}

const isAlgorithms = (value: unknown): value is Algorithms => allAlgorithms.some((one) => one === value);

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function refuseUnknown(
  object: Record<string, unknown>,
  known: readonly string[],
  prefix: string,
  wrong: (path: string, expected: string) => void,
): void {
  for (const key of Object.keys(object)) if (!known.includes(key)) wrong(`${prefix}${key}`, 'no such key');
}
