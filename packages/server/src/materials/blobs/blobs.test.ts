import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Blobs } from '../../ports/index.ts';
import { type S3Server, startS3Server } from '../testing/s3-server.ts';
import { DirectoryBlobs } from './directory-blobs.ts';
import { MemoryBlobs } from './memory-blobs.ts';
import { S3Blobs } from './s3-blobs.ts';

const owner = { accessKeyId: 'AKTEST', secretAccessKey: 'secret/of+the=test', region: 'cn-test-1' };
const name = 'AbC_-123.blo_01JD';
const large = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, index) => index % 251));

let s3: S3Server;
const directory = mkdtempSync(join(tmpdir(), 'openbeian-blobs-'));
beforeAll(async () => {
  s3 = await startS3Server(owner);
});
afterAll(async () => {
  await s3.close();
  rmSync(directory, { recursive: true, force: true });
});

const s3Blobs = (more: object = {}) =>
  new S3Blobs({ endpoint: s3.url, bucket: 'materials', prefix: 'one/', ...owner, timeoutMs: 5000, ...more });

const stores: readonly (readonly [string, () => Blobs])[] = [
  ['memory', () => new MemoryBlobs()],
  ['a directory', () => new DirectoryBlobs(join(directory, 'deep', 'er'))],
  ['an S3-compatible store', () => s3Blobs()],
];

describe.each(stores)('blobs in %s', (_, open) => {
  test('come back as they were put, go when they are deleted, and are null where there are none', async () => {
    const blobs = open();
    expect(await blobs.get(name)).toBeNull();
    await blobs.put(name, large);
    await blobs.put(`${name}.copy`, Buffer.from('copy'));
    expect(Buffer.from((await blobs.get(name)) ?? []).equals(large)).toBe(true);
    await blobs.delete(name);
    expect(await blobs.get(name)).toBeNull();
    expect(Buffer.from((await blobs.get(`${name}.copy`)) ?? []).toString()).toBe('copy');
    await blobs.delete(name);
  });

  test('are put again where a writer died', async () => {
    const blobs = open();
    await blobs.put(name, Buffer.from('first'));
    await blobs.put(name, Buffer.from('second'));
    expect(Buffer.from((await blobs.get(name)) ?? []).toString()).toBe('second');
    await blobs.delete(name);
  });
});

describe('a directory', () => {
  test('belongs to its owner alone, and what a dead writer left goes with the name', async () => {
    const place = join(directory, 'own');
    const blobs = new DirectoryBlobs(place);
    await blobs.put(name, Buffer.from('x'));
    const folder = join(place, name.slice(0, 2));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual([name]);
    writeFileSync(join(folder, `${name}.part`), 'half');
    expect(readFileSync(join(folder, name), 'utf8')).toBe('x');
    await blobs.delete(name);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('takes no name that leads elsewhere, and says when it cannot be written', async () => {
    const blobs = new DirectoryBlobs(join(directory, 'own'));
    for (const wrong of ['../etc', 'a/b', '', '..', 'ab/../../x']) {
      await expect(async () => blobs.get(wrong)).rejects.toThrow(RangeError);
    }
    writeFileSync(join(directory, 'file'), '');
    const nowhere = new DirectoryBlobs(join(directory, 'file', 'below'));
    await expect(nowhere.put(name, Buffer.from('x'))).rejects.toMatchObject({ code: 'material.store_unavailable' });
  });
});

describe('an S3-compatible store', () => {
  test('gets every request signed; another key, secret or region is refused', async () => {
    await s3Blobs().put(name, Buffer.from('x'));
    expect([...s3.objects.keys()]).toContain(`materials/one/${name}`);
    for (const wrong of [{ accessKeyId: 'OTHER' }, { secretAccessKey: 'other' }, { region: 'elsewhere' }]) {
      await expect(s3Blobs(wrong).get(name)).rejects.toMatchObject({ code: 'material.store_unavailable' });
    }
    const other = s3Blobs({ prefix: 'two/' });
    expect(await other.get(name)).toBeNull();
  });

  test('is tried again where it fails for a moment; then the fault says so', async () => {
    const blobs = s3Blobs();
    s3.failNext(503, 1);
    await blobs.put(name, Buffer.from('again'));
    expect(Buffer.from((await blobs.get(name)) ?? []).toString()).toBe('again');
    s3.failNext(503, 20);
    await expect(blobs.get(name)).rejects.toMatchObject({ code: 'material.store_unavailable' });
    s3.failNext(0, 0);
    const gone = s3Blobs({ endpoint: 'http://127.0.0.1:9', timeoutMs: 1000 });
    await expect(gone.get(name)).rejects.toMatchObject({ code: 'material.store_unavailable' });
  });
});
