import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFault } from '@openbeian/model/fault';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type KeyRing, makeKeyRing, withNewKey } from './key-ring.ts';
import { keyRingInDirectory, readKeyRingFile, writeNewKeyRing } from './key-ring-file.ts';
import { formatKeyRing, parseKeyRing } from './key-ring-text.ts';

function placesOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (isFault(error, 'config.invalid')) return error.extras.places?.map((place) => place.path) ?? [];
    throw error;
  }
  return [];
}

test('a formatted ring reads back the same', () => {
  const ring = makeKeyRing('k1');
  expect(formatKeyRing(parseKeyRing(formatKeyRing(ring), 'x'))).toBe(formatKeyRing(ring));
});

test('keys of the national algorithms say so, beside others; what rotation adds is as the newest unless it is said', () => {
  const mixed = withNewKey(makeKeyRing('k1'), 'k2', false, 'sm');
  const text = formatKeyRing(mixed);
  expect(JSON.parse(text)).toMatchObject({ keys: [{ id: 'k2', algorithms: 'sm' }, { id: 'k1' }] });
  expect(parseKeyRing(text, 'x')).toEqual(mixed);
  expect(withNewKey(mixed, 'k3', true).keys.at(-1)).toMatchObject({ id: 'k3', algorithms: 'sm' });
  const other = text.replaceAll('"sm"', '"des"');
  expect(placesOf(() => parseKeyRing(other, 'x'))).toEqual(['x: keys[0].algorithms', 'x: hashKeys[0].algorithms']);
});

test('every mistake is named with its place, and no secret is repeated', () => {
  const short = Buffer.alloc(16, 7).toString('base64');
  const good = Buffer.alloc(32, 7).toString('base64');
  const text = JSON.stringify({
    keys: [
      { id: 'A B', key: short },
      { id: 'k', key: good, x: 1 },
      { id: 'k', key: good },
    ],
    extra: 1,
  });
  expect(placesOf(() => parseKeyRing(text, 'env'))).toEqual([
    'env: extra',
    'env: keys[0].id',
    'env: keys[0].key',
    'env: keys[1].x',
    'env: keys[2].id',
    'env: hashKey',
  ]);
  expect(() => parseKeyRing(text, 'env')).not.toThrow(short);
  expect(placesOf(() => parseKeyRing('{', 'env'))).toEqual(['env: (all)']);
  expect(placesOf(() => parseKeyRing('[]', 'env'))).toEqual(['env: (all)']);
  expect(placesOf(() => parseKeyRing(JSON.stringify({ keys: [], hashKey: good }), 'env'))).toEqual(['env: keys']);
});

describe('beside the embedded database', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'openbeian-keys-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test('the first start makes the ring for its owner alone, the next ones read the same', () => {
    const ring = keyRingInDirectory(join(directory, 'new'));
    expect(statSync(join(directory, 'new', 'keys.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(directory, 'new'))).toEqual(['keys.json']);
    expect(formatKeyRing(keyRingInDirectory(join(directory, 'new')))).toBe(formatKeyRing(ring));
  });

  test('a file that others may read is refused', () => {
    keyRingInDirectory(directory);
    chmodSync(join(directory, 'keys.json'), 0o640);
    expect(placesOf(() => keyRingInDirectory(directory))).toEqual([join(directory, 'keys.json')]);
  });

  test('a database whose ring is gone gets no new one', () => {
    mkdirSync(join(directory, 'database'));
    expect(placesOf(() => keyRingInDirectory(directory))).toEqual([join(directory, 'keys.json')]);
    expect(existsSync(join(directory, 'keys.json'))).toBe(false);
  });

  test('the file holds 32 random bytes for each key', () => {
    keyRingInDirectory(directory);
    const { keys, hashKeys } = JSON.parse(readFileSync(join(directory, 'keys.json'), 'utf8'));
    expect(Buffer.from(keys[0].key, 'base64')).toHaveLength(32);
    expect(Buffer.from(hashKeys[0].key, 'base64')).toHaveLength(32);
    expect(keys[0].key).not.toBe(hashKeys[0].key);
  });

  test('keys have ids that no other ring has', () => {
    const idsOf = ({ keys, hashKeys }: KeyRing) => [...keys, ...hashKeys].map(({ id }) => id);
    const [one, other] = [
      idsOf(keyRingInDirectory(join(directory, 'a'))),
      idsOf(keyRingInDirectory(join(directory, 'b'))),
    ];
    expect(one.filter((id) => other.includes(id))).toEqual([]);
  });

  test('a file of keys is written for its owner alone and never over another', () => {
    const path = join(directory, 'new-keys.json');
    const ring = makeKeyRing();
    writeNewKeyRing(path, ring);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(placesOf(() => writeNewKeyRing(path, makeKeyRing()))).toEqual([path]);
    expect(readKeyRingFile(path)).toEqual(ring);
    chmodSync(path, 0o644);
    expect(placesOf(() => readKeyRingFile(path))).toEqual([path]);
  });
});
