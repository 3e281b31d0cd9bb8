import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { S3Blobs } from '../../packages/server/src/materials/blobs/s3-blobs.ts';
import { makeBucket } from '../../packages/server/src/materials/testing/make-bucket.ts';
import { type PrivateSwift, startPrivateSwift } from '../support/private-swift.ts';
import { requireProgram } from '../support/require-program.ts';

const bucket = 'materials';
const name = 'AbC_-123.blo_01JD';
const large = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * 7) % 251));

/** Our store against one that somebody else wrote: OpenStack Swift with its S3 interface. */
describe.skipIf(requireProgram('swiftProxy') === null)('materials in an S3-compatible store', () => {
  let swift: PrivateSwift | null = null;
  beforeAll(async () => {
    swift = await startPrivateSwift();
    if (swift === null) throw new Error('unreachable: skipped without Swift');
    expect(await makeBucket(bucket, swift)).toBe(200);
  }, 120_000);
  afterAll(() => swift?.stop());

  const open = (more: object = {}) => {
    if (swift === null) throw new Error('it was started before');
    const { url: endpoint, region, accessKeyId, secretAccessKey } = swift;
    const settings = { endpoint, region, bucket, prefix: 'one/', accessKeyId, secretAccessKey, timeoutMs: 20_000 };
    return new S3Blobs({ ...settings, ...more });
  };

  it('come back as they were put, are put again, and go; another prefix has none of them', async () => {
    const blobs = open();
    expect(await blobs.get(name)).toBeNull();
    await blobs.put(name, large);
    await blobs.put(`${name}.copy`, Buffer.from('copy'));
    expect(Buffer.from((await blobs.get(name)) ?? []).equals(large)).toBe(true);
    await blobs.put(name, Buffer.from('second'));
    expect(Buffer.from((await blobs.get(name)) ?? []).toString()).toBe('second');
    expect(await open({ prefix: 'two/' }).get(`${name}.copy`)).toBeNull();
    await blobs.delete(name);
    await blobs.delete(name);
    expect(await blobs.get(name)).toBeNull();
  });

  it('are refused to whoever has another key, secret or region', async () => {
    for (const wrong of [{ secretAccessKey: 'wrong' }, { accessKeyId: 'test:nobody' }, { region: 'elsewhere' }]) {
      await expect(open(wrong).get(name)).rejects.toMatchObject({ code: 'material.store_unavailable' });
    }
  });
});
