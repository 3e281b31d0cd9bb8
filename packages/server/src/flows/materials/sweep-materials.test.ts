import { uploadPicture } from '@openbeian/contract/upload';
import { Fault } from '@openbeian/model/fault';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { draftOf, licence, whole } from '../../main/testing/materials.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { settleTime } from '../../main/testing/settled-time.ts';
import type { Blobs } from '../../ports/index.ts';
import { clearOld } from '../upkeep/clear-old.ts';
import { sweepMaterials } from './sweep-materials.ts';

let world: OperationWorld;
const kept = new Map<string, Uint8Array>();
let serial = 0;
let blobs: Blobs;

beforeAll(async () => {
  world = await openOperations();
  // What other files of this process have left behind goes first: it would be counted here.
  world.replace({ blobs: { put: async () => {}, get: async () => null, delete: async () => {} } });
  const { materialDays, undoDays } = world.deps.keep;
  world.clock.nowMs += (materialDays + undoDays + 2) * dayMs;
  await clear();
});
beforeEach(() => {
  world.reset();
  kept.clear();
  const put = async (name: string, bytes: Uint8Array) => void kept.set(name, bytes);
  const get = async (name: string) => kept.get(name) ?? null;
  blobs = { put, get, delete: async (name) => void kept.delete(name) };
  world.replace({ blobs });
});

const dayMs = 86_400_000;
/** A picture of which nobody else has the content. */
const fresh = () => Buffer.concat([licence, Buffer.from(`${(serial += 1)}`)]);
const sweep = async () => {
  while ((await sweepMaterials(world.deps, failTest)) > 0);
};
const clear = async () => {
  await settleTime(world.deps);
  while ((await clearOld(world.deps, failTest)) > 0);
  await sweep();
};
const add = async (filingId: string, accountId: string, bytes: Uint8Array) => {
  const { client } = world.as(world.call(accountId).actor);
  return uploadPicture(client, { filingId, key: 'subject_certificate', part: 'whole', bytes });
};
const rows = async (table: string) => {
  const [row] = await world.run(`SELECT count(*) AS n FROM ${table}`);
  return Number((row as { readonly n: unknown } | undefined)?.n);
};

test('a writer that dies after either object leaves a row by which both go, and the upload goes through again', async () => {
  const owner = await world.customer();
  for (const diesAt of [1, 2, 3]) {
    const { uploadId } = await whole(world, owner, { bytes: fresh() });
    let puts = 0;
    const dying = async (name: string, bytes: Uint8Array) => {
      puts += 1;
      if (puts === diesAt) throw new Error('killed');
      kept.set(name, bytes);
    };
    if (diesAt < 3) world.replace({ blobs: { ...blobs, put: dying } });
    // After both objects: before the row of the picture.
    else world.answer('materials', 'insert', () => Promise.reject(new Error('killed')));
    const complete = () => owner.client.completeUpload({ params: { uploadId }, body: {} });
    await expect(complete()).rejects.toMatchObject({ code: 'internal' });
    expect(kept.size).toBe(diesAt - 1);
    const before = await rows('material_blob');
    await sweep();
    // It may still be writing.
    expect(kept.size).toBe(diesAt - 1);
    world.clock.nowMs += 2 * 3_600_000;
    await sweep();
    expect([kept.size, await rows('material_blob')]).toEqual([0, before - 1]);
    world.reset();
    world.clock.nowMs += 2 * 3_600_000;
    world.replace({ blobs });
    expect(await complete()).toHaveProperty('id');
    expect(kept.size).toBe(2);
    kept.clear();
  }
});

test('a sweep that dies goes on where it was', async () => {
  const owner = await world.customer();
  const { uploadId } = await whole(world, owner, { bytes: fresh() });
  world.answer('materials', 'insert', () => Promise.reject(new Error('killed')));
  await expect(owner.client.completeUpload({ params: { uploadId }, body: {} })).rejects.toMatchObject({
    code: 'internal',
  });
  world.clock.nowMs += 2 * 3_600_000;
  world.reset();
  world.clock.nowMs += 4 * 3_600_000;
  world.replace({ blobs });
  let deletes = 0;
  const dying = async (name: string) => {
    deletes += 1;
    // A process that was killed never hears of it.
    if (deletes === 2) await new Promise<never>(() => reached.resolve());
    kept.delete(name);
  };
  const reached = Promise.withResolvers<void>();
  world.replace({ blobs: { ...blobs, delete: dying } });
  void sweepMaterials(world.deps, failTest);
  await reached.promise;
  expect(kept.size).toBe(1);
  await sweep();
  expect(kept.size).toBe(0);
});

test('a file that the store never deletes waits and is told of; those behind it go', async () => {
  const owner = await world.customer();
  const startMs = world.clock.nowMs;
  for (let one = 0; one < 2; one += 1) {
    const { uploadId } = await whole(world, owner, { bytes: fresh() });
    world.answer('materials', 'insert', () => Promise.reject(new Error('killed')));
    const complete = owner.client.completeUpload({ params: { uploadId }, body: {} });
    await expect(complete).rejects.toMatchObject({ code: 'internal' });
    world.reset();
    world.replace({ blobs });
  }
  expect(kept.size).toBe(4);
  world.clock.nowMs = startMs + 4 * 3_600_000;
  const stuck = [...kept.keys()][0] ?? '';
  const told: unknown[] = [];
  const report = (error: unknown) => told.push(error);
  const never = async (name: string) => {
    if (name === stuck) throw new Fault('material.store_unavailable');
    kept.delete(name);
  };
  world.replace({ blobs: { ...blobs, delete: never } });
  while ((await sweepMaterials(world.deps, report)) > 0);
  expect([...kept.keys()]).toContain(stuck);
  expect(kept.size).toBeLessThanOrEqual(2);
  expect(told).toHaveLength(1);
  // Tests of other operations leave failures of other kinds.
  const failures = async () =>
    (await world.people.operator.client.listWorkFailures({})).failures.filter(({ kind }) => kind === 'purge');
  expect(await failures()).toMatchObject([{ kind: 'purge', itemId: expect.stringMatching(/^blob:/), failures: 1 }]);
  // Never parked for a store that does not answer; it goes once it does.
  for (let hour = 0; hour < 10; hour += 1) {
    world.clock.nowMs += 3_600_000;
    while ((await sweepMaterials(world.deps, report)) > 0);
  }
  expect(await failures()).toMatchObject([{ failures: 11, retryAt: expect.any(String) }]);
  world.replace({ blobs });
  world.clock.nowMs += 3_600_000;
  await sweep();
  expect([kept.size, await failures()]).toEqual([0, []]);
});

test('files of an abandoned draft go after the retention time, and those that another filing shows stay', async () => {
  const owner = await world.customer();
  const [own, shared] = [fresh(), fresh()];
  const { accountId } = owner;
  const draft = await draftOf(world, owner);
  await add(draft, accountId, own);
  const { materialDays, undoDays } = world.deps.keep;
  await add(draft, accountId, shared);
  const other = await world.customer();
  const otherDraft = await draftOf(world, other);
  await add(otherDraft, other.accountId, shared);
  // The first picture was replaced by the second; both are kept for now.
  expect(kept.size).toBe(4);
  const { filing } = await owner.client.getFiling({ params: { filingId: draft } });
  await owner.client.abandonFiling({ params: { filingId: draft }, body: { version: filing.version } });
  await clear();
  expect(kept.size).toBe(4);
  world.clock.nowMs += (materialDays + undoDays) * dayMs - dayMs;
  await clear();
  expect(kept.size).toBe(4);
  world.clock.nowMs += 2 * dayMs;
  await clear();
  expect(kept.size).toBe(2);
  const { needed } = await other.client.listMaterials({ params: { filingId: otherDraft } });
  const [material] = needed.flatMap(({ materials }) => materials);
  const opened = await other.client.openMaterial({ params: { materialId: material?.id ?? '' }, body: {} });
  expect(Buffer.from(opened.bytes).equals(shared)).toBe(true);
});

test('an upload that nobody went on with is gone after a day, with its parts', async () => {
  const owner = await world.customer();
  await whole(world, owner, { bytes: fresh() });
  expect(await rows('material_upload_part')).toBeGreaterThan(0);
  world.clock.nowMs += dayMs + 1;
  await clear();
  expect([await rows('material_upload'), await rows('material_upload_part')]).toEqual([0, 0]);
});
