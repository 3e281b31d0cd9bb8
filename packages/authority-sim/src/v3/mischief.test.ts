import { readResults } from '@openbeian/model/authority-v3';
import { isFault } from '@openbeian/model/fault';
import { afterEach, describe, expect, test } from 'vitest';
import type { interfaceClient } from '../testing/interface-client.ts';
import { interfaceWorlds } from '../testing/interface-world.ts';
import { sampleBaxx, upload } from '../testing/sample-upload.ts';
import { faultNames, faults as knownFaults, Mischief } from './mischief.ts';

const { start, stopAll, newDirectory } = interfaceWorlds();
afterEach(stopAll);

type Client = ReturnType<typeof interfaceClient>;
const filing = (seed: number) => upload({ XZBA: { Baxx: [sampleBaxx(seed)] } });
const trouble = (error: unknown) => {
  if (!isFault(error)) throw error;
  return error.extras.reasons;
};

/** Two filings are decided and wait. */
async function decided() {
  const world = await start();
  await world.client.upload(1, filing(1));
  await world.client.upload(2, filing(5));
  await world.decide();
  return world;
}

describe('each fault can be ordered by name, also where it is calm', () => {
  test('maintenance and closing', async () => {
    const { client, controls } = await start();
    await controls.playFault('maintenance', 2);
    expect((await client.upload(1, filing(1))).msg_code).toBe(901);
    expect((await client.download()).code).toBe(902);
    await controls.playFault('closed');
    expect((await client.upload(1, filing(1))).msg_code).toBe(20);
    expect((await client.upload(1, filing(1))).msg_code).toBe(0);
    expect((await controls.listFaults()).map(({ n, name, about }) => [n, name, about])).toEqual([
      [1, 'maintenance', 'isp_upload'],
      [2, 'maintenance', 'isp_download'],
      [3, 'closed', null],
    ]);
  });

  test('codes that are played where they are ordered only', async () => {
    const { client, controls } = await start();
    for (const [name, code] of [
      ['too_many_files', 15],
      ['sequence_doubted', 14],
      ['not_opened', 19],
      ['other_error', 999],
    ] as const) {
      await controls.playFault(name);
      expect((await client.upload(1, filing(1))).msg_code).toBe(code);
    }
    expect((await client.upload(1, filing(1))).msg_code).toBe(0);
  });

  test('a connection that is dropped after accepting', async () => {
    const { client, controls } = await start();
    await controls.playFault('connection_dropped');
    await expect(client.upload(1, filing(1))).rejects.toThrow(/fetch failed/);
    expect(await client.ask('isp_querypreviousupload', {})).toMatchObject({ fileInfos: { dataSequence: 1 } });
    expect((await client.upload(1, filing(1))).msg_code).toBe(0);
    expect((await controls.getState()).submissions).toHaveLength(1);
  });

  test('an acknowledgement that is lost, a file that comes twice, and one that is late', async () => {
    const { client, controls } = await decided();
    await controls.playFault('late');
    expect((await client.download()).code).toBe(2);
    await controls.playFault('acknowledgement_lost');
    const first = await client.download();
    expect((await client.acknowledge(first.fileName ?? '')).msg_code).toBe(0);
    expect(await client.download()).toEqual(first);
    await client.acknowledge(first.fileName ?? '');
    await controls.playFault('delivered_twice');
    expect((await client.download()).data).toEqual(first.data);
    expect((await client.acknowledge(first.fileName ?? '')).msg_code).toBe(0);
    expect((await client.download()).code).toBe(2);
  });

  test('a ZIP that is cut off, and a wrong hash', async () => {
    const { client, controls } = await decided();
    await controls.playFault('truncated_zip');
    expect(await client.download().catch(trouble)).toMatchObject([
      { code: expect.stringMatching(/decryption|hash|zip/) },
    ]);
    await controls.playFault('wrong_hash');
    expect(await client.download().catch(trouble)).toMatchObject([{ code: 'hash_mismatch' }]);
    expect((await client.download()).fileName).not.toBeNull();
  });

  test('results in another order, split over files, with an unknown code and another provider’s among them', async () => {
    const { client, controls } = await decided();
    await controls.playFault('results_split');
    await controls.playFault('out_of_order');
    await controls.playFault('unknown_code');
    await controls.playFault('foreign_result');
    const first = await client.download();
    expect(first.code).toBe(3);
    await client.acknowledge(first.fileName ?? '');
    const second = await client.download();
    const results = [first, second].flatMap(({ data }) => readResults(data?.ICP?.BAJG ?? {}));
    const marks = results.map(({ mark, outcome }) => [mark.by === 'own_subject' ? mark.id : null, outcome]);
    expect(marks).toHaveLength(4);
    expect(marks).toContainEqual([987_654_321, 'approved']);
    expect(marks).toContainEqual([10, 'approved']);
    expect(marks).toContainEqual([50, 'approved']);
    expect(marks.filter(([, outcome]) => outcome === 'unclear')).toHaveLength(1);
  });

  test('a name that there is not is refused', async () => {
    const { controls } = await start();
    await expect(controls.playFault('earthquake')).rejects.toThrow(/malformed/);
  });
});

/** Uploads as a right client does, whatever the line does: the same again after no answer, resynchronised after 14. */
async function uploadAll(client: Client, seeds: readonly number[]): Promise<void> {
  for (const [index, seed] of seeds.entries()) {
    for (let tries = 0; ; tries += 1) {
      if (tries > 30) throw new Error('the line never takes it');
      const code = await client.upload(index + 1, filing(seed)).then(
        (answer) => answer.msg_code,
        () => null,
      );
      if (code === 0) break;
      expect([null, 20, 901]).toContain(code);
    }
  }
}

const seeds = Array.from({ length: 12 }, (_, index) => index * 4 + 1);

/** All of it under every fault; the faults that were played and what became of each filing. */
async function underFaults(seed: number, dataDir?: string) {
  const { client, decide, controls, stop } = await start({
    calm: false,
    seed,
    ...(dataDir !== undefined && { dataDir }),
  });
  await uploadAll(client, seeds);
  const files: Awaited<ReturnType<Client['downloadFiles']>> = new Map();
  for (let round = 0; round < 6; round += 1) {
    await decide();
    for (const [name, data] of await client.downloadFiles(40, new Set(files.keys()))) files.set(name, data);
  }
  const found = [...files.values()];
  const verdicts = new Map<number, number>();
  for (const data of found) {
    for (const { mark, outcome } of readResults(data.ICP?.BAJG ?? {})) {
      if (mark.by !== 'own_subject' || outcome === 'unclear') continue;
      verdicts.set(mark.id, (verdicts.get(mark.id) ?? 0) + 1);
    }
  }
  const numbers = found.flatMap((data) => data.ICP?.BASJ?.Baxx ?? []).map(({ Zt_xx }) => Zt_xx?.Baxh);
  const faults = (await controls.listFaults()).map(({ name }) => name);
  const lines = await controls.listLines();
  await stop();
  return { verdicts, numbers, faults, lines };
}

describe('adversarial by default', () => {
  test('a right client gets every verdict, each number once, and the sequence has no gap; the same seed plays the same', async () => {
    const { verdicts, numbers, faults, lines } = await underFaults(3, newDirectory());
    for (const seed of seeds) expect([seed, verdicts.get(seed * 10)]).toEqual([seed, 1]);
    expect(new Set(numbers).size).toBe(seeds.length);
    expect(lines).toMatchObject([{ lastSequence: seeds.length, waiting: 0, unacknowledged: [] }]);
    const again = await underFaults(3);
    expect(again.faults).toEqual(faults);
    expect(again.verdicts).toEqual(verdicts);
  });

  test('faults that are never drawn are still played where they are ordered', async () => {
    const interfaceV3 = { undrawnFaults: faultNames.filter((name) => name !== 'late') };
    const { client, controls } = await start({ calm: false, seed: 3, interfaceV3 });
    for (const [index, seed] of seeds.entries()) {
      expect((await client.upload(index + 1, filing(seed))).msg_code).toBe(0);
    }
    expect(await controls.listFaults()).toEqual([]);
    await controls.playFault('maintenance');
    expect((await client.upload(seeds.length + 1, filing(99))).msg_code).toBe(901);
  });

  test('every fault is played by some seed', { timeout: 60_000 }, async () => {
    const played = new Set<string>();
    const drawn = faultNames.filter((name) => knownFaults[name].odds !== null);
    for (let seed = 1; seed <= 8 && played.size < drawn.length; seed += 1) {
      for (const name of (await underFaults(seed)).faults) played.add(name);
    }
    expect([...played].toSorted()).toEqual(drawn.toSorted());
  });
});

test('a call has the faults that were played in it, not those of another line at the same time', async () => {
  const mischief = new Mischief({ seed: 1, calm: true, now: () => '2026-11-30T00:00:00.000Z' }, () => {});
  const here = { unit: 9001, province: '440000' };
  const there = { unit: 9001, province: '110000' };
  mischief.order('wrong_hash', 1, there);
  const other = Promise.withResolvers<void>();
  const quiet = mischief.playedDuring(async () => {
    await other.promise;
    return mischief.plays('wrong_hash', here);
  });
  const spoilt = await mischief.playedDuring(async () => mischief.plays('wrong_hash', there));
  other.resolve();
  expect(spoilt).toEqual({ result: true, faults: ['wrong_hash'] });
  expect(await quiet).toEqual({ result: false, faults: [] });
});
