import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault, type FaultPlace } from '@openbeian/model/fault';

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
interface NamedKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** The id of a hash key whose hashes name no key, as rings without `hashKeys` have it. */
export const firstHashKeyId = 'first';

/** An id that no other key ring has. */
const newKeyId = (): string => `k${randomBytes(6).toString('hex')}`;

const keyBytes = 32;
const keyIdForm = /^[a-z0-9-]{1,32}$/;
const fileName = 'keys.json';

/**
 * Reads a key ring: `{"keys": [{"id": "k1", "key": "<32 bytes, base64>"}], "hashKeys": [{"id", "key"}], "requestKeyId":
 * "k1"}`. Rings made by early releases have `"hashKey": "<32 bytes, base64>"` instead of `hashKeys`.
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
      const { id, key, ...rest } = asObject(entry) ?? {};
      refuseUnknown(rest, [], `${name}[${index}].`, wrong);
      const known = typeof id === 'string' && keyIdForm.test(id) ? id : '';
      if (known === '') wrong(`${name}[${index}].id`, '1 to 32 of a-z, 0-9 and -');
      else if (ids.has(known)) wrong(`${name}[${index}].id`, 'an id that no other key has');
      ids.add(known);
      return { id: known, key: readKey(key, `${name}[${index}].key`) };
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

/** A key ring of fresh random keys under `id`, which no other ring should have. */
export function makeKeyRing(id: string = newKeyId()): KeyRing {
  return {
    keys: [{ id, key: randomBytes(keyBytes) }],
    hashKeys: [{ id, key: randomBytes(keyBytes) }],
    requestKeyId: id,
  };
}

/** The hash key of what is compared for days only. */
export function requestKeyOf({ hashKeys, requestKeyId = firstHashKeyId }: KeyRing): NamedKey | undefined {
  return hashKeys.find(({ id }) => id === requestKeyId) ?? hashKeys[0];
}

/** The text that `parseKeyRing` reads. */
export function formatKeyRing(ring: KeyRing): string {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  const written = (keys: readonly NamedKey[]) => keys.map(({ id, key }) => ({ id, key: base64(key) }));
  const [first, ...others] = ring.hashKeys;
  const never = first?.id === firstHashKeyId && others.length === 0;
  const hashing = never ? { hashKey: base64(first.key) } : { hashKeys: written(ring.hashKeys) };
  const { requestKeyId } = ring;
  return `${JSON.stringify({ keys: written(ring.keys), ...hashing, requestKeyId }, null, 2)}\n`;
}

/**
 * The key ring beside the embedded database, `keys.json`: made at the first start, readable by its owner only.
 * Call it before the database is opened. Two first starters agree on one ring.
 * @throws Fault `config.invalid` when others may read the file, when it is malformed, or when there is a database
 *   already but no ring: new keys would lock its data away for good.
 */
export function keyRingInDirectory(directory: string): KeyRing {
  const path = join(directory, fileName);
  if (!existsSync(path)) {
    if (existsSync(join(directory, 'database'))) {
      const expected = 'the key file of this database; restore it from its backup, since new keys cannot open old data';
      throw new Fault('config.invalid', { places: [{ path, expected }] });
    }
    writeOnce(path, formatKeyRing(makeKeyRing()));
  }
  return readKeyRingFile(path);
}

/**
 * Reads a key ring from a file that its owner alone may read.
 * @throws Fault `config.invalid` when there is none, others may read it, or it is malformed
 */
export function readKeyRingFile(path: string): KeyRing {
  const refuse = (expected: string, expectedZh: string): never => {
    throw new Fault('config.invalid', { places: [{ path, expected, expectedZh }] });
  };
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) {
    return refuse(
      'a key ring; make one with: openbeian keys new --out FILE',
      '应为密钥文件，可用 openbeian keys new --out 文件 生成',
    );
  }
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    return refuse(
      `mode 0600, so that only its owner reads it: chmod 600 ${path}`,
      `权限应为 0600，仅所有者可读：chmod 600 ${path}`,
    );
  }
  return parseKeyRing(readFileSync(path, 'utf8'), path);
}

/**
 * Writes a key ring to a new file that its owner alone may read.
 * @throws Fault `config.invalid` when there is a file already: its keys may hold data
 */
export function writeNewKeyRing(path: string, ring: KeyRing): void {
  if (writeOnce(path, formatKeyRing(ring))) return;
  const expected = 'a file that does not exist yet; keys that are overwritten take their data with them';
  const expectedZh = '应为尚不存在的文件；覆盖密钥会使其数据无法解密';
  throw new Fault('config.invalid', { places: [{ path, expected, expectedZh }] });
}

/** Where the ring beside an embedded database lies. */
export const keyRingFileIn = (directory: string): string => join(directory, fileName);

/** A ring with a fresh key for sealing and one for hashing, both under `id`: in use at once, or (`staged`) only known. */
export function withNewKey(ring: KeyRing, id: string, staged: boolean): KeyRing {
  const add = (keys: readonly NamedKey[]): NamedKey[] => {
    const fresh = { id, key: randomBytes(keyBytes) };
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

/** Puts a ring in the place of the one in a file, whole or not at all; only its owner may read it. */
export function replaceKeyRing(path: string, ring: KeyRing): void {
  const draft = writeDraft(path, formatKeyRing(ring));
  renameSync(draft, path);
  syncDirectory(dirname(path));
}

/** Appears whole, on the disk, or not at all; an existing file wins, and false says so. */
function writeOnce(path: string, text: string): boolean {
  const directory = dirname(path);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const draft = writeDraft(path, text);
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft);
  }
  syncDirectory(directory);
  return true;
}

function writeDraft(path: string, text: string): string {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return draft;
}

function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(directory, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

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
