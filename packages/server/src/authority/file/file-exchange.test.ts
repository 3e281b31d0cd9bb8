import { execFileSync } from 'node:child_process';
import {
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLimits, packDownload, readUpload } from '@openbeian/authority-wire/v3';
import { isFault } from '@openbeian/model/fault';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../secrets/index.ts';
import { type OpenStore, openStore } from '../../store/index.ts';
import { result, results } from '../v3/testing/files.ts';
import { wholeFiling } from '../v3/testing/line-world.ts';
import { V3Authority } from '../v3/v3-authority.ts';
import { createFileExchange } from './file-exchange.ts';

const province = '440000';
let open: OpenStore;
let folder: string;
beforeAll(async () => {
  open = await openStore({ dataDir: null });
});
afterAll(() => open.close());
const folders: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'openbeian-file-exchange-'));
  folders.push(folder);
});
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true });
});

let units = 5000;
const vault = new KeyRingVault(makeKeyRing());

function world() {
  units += 1;
  const unit = units;
  const clock = { nowMs: Date.parse('2026-11-23T01:30:00.000Z') };
  const adapter = () =>
    new V3Authority({
      unit,
      exchanges: new Map([[province, createFileExchange(join(folder, province))]]),
      cipher: null,
      store: open.store,
      vault,
      clock: { now: () => new Date(clock.nowMs).toISOString() },
      ids: new SortableIds(() => clock.nowMs),
      codeTables: loadCodeTables(),
      lossesThatStop: [],
      downloadEveryMs: 1_000,
    });
  const filing = (seed: number) => ({ ...wholeFiling(seed), id: `exc_${unit}_${seed}` });
  const ownSubject = async (id: string) =>
    (await open.store.transaction(({ authorityLedger }) => authorityLedger.findHandover(id)))?.ownSubject ?? 0;
  return { adapter, filing, clock, ownSubject };
}

const out = () => readdirSync(join(folder, province, 'out')).sort();
const incoming = () => readdirSync(join(folder, province, 'in')).sort();

/** As somebody has copied it there some time ago. */
async function put(name: string, ...given: Parameters<typeof results>) {
  const packed = await packDownload(results(...given), { cipher: null, at: new Date(0), fileName: 'x' });
  const path = join(folder, province, 'in', name);
  writeFileSync(path, Buffer.from(packed.beianInfo, 'base64'));
  const before = Date.now() / 1000 - 60;
  utimesSync(path, before, before);
}

test('each hand-over is a ZIP under the next number, with its digest; what is there stays when it is carried away', async () => {
  const here = world();
  const adapter = here.adapter();
  expect((await adapter.submit(here.filing(1))).receipt).toBe(`${province}-1`);
  await adapter.submit(here.filing(1));
  expect(out()).toEqual(['0000000001.zip', '0000000001.zip.md5', 'last.json']);
  const text = (name: string) => readFileSync(join(folder, province, 'out', name));
  const packed = {
    beianInfo: text('0000000001.zip').toString('base64'),
    beianInfoHash: text('0000000001.zip.md5').toString(),
    encryptAlgorithm: 0,
    hashAlgorithm: 0,
    compressionFormat: 0,
  };
  const { data } = await readUpload(packed, { cipher: null, limits: defaultLimits });
  expect(data).toMatchObject({ ICP: { XZBA: { Baxx: [{ Wz_xx: [{ Ym_xx: [{ Ym: 'example1.cn' }] }] }] } } });
  for (const name of out().filter((each) => each !== 'last.json')) rmSync(join(folder, province, 'out', name));
  await here.adapter().submit(here.filing(3));
  expect(out()).toEqual(['0000000002.zip', '0000000002.zip.md5', 'last.json']);
});

test('the authority’s files are read once, whoever puts them there again, and go to a folder of their own', async () => {
  const here = world();
  const adapter = here.adapter();
  const filing = here.filing(1);
  await adapter.submit(filing);
  const own = await here.ownSubject(filing.id);
  await adapter.fetchMessages(9);
  here.clock.nowMs += 5_000;
  await put('answer.zip', result(1, own, 1020));
  const [message] = await adapter.fetchMessages(9);
  expect(message).toMatchObject({ kind: 'rejected', submissionId: filing.id });
  await adapter.acknowledge(message?.messageId ?? '');
  expect(incoming()).toEqual(['done']);
  await put('answer.zip', result(1, own, 1020));
  await put('answer again.zip', result(1, own, 1020));
  here.clock.nowMs += 5_000;
  expect(await adapter.fetchMessages(9)).toEqual([]);
  expect(incoming()).toEqual(['done']);
  expect(readdirSync(join(folder, province, 'in', 'done'))).toHaveLength(3);
});

test('a file whose name is in GBK, as from a Windows disk, is read as any other', async () => {
  const here = world();
  const adapter = here.adapter();
  const filing = here.filing(1);
  await adapter.submit(filing);
  const own = await here.ownSubject(filing.id);
  await adapter.fetchMessages(9);
  await put('answer.zip', result(1, own, 1020));
  const named = (bytes: readonly number[]) =>
    Buffer.concat([Buffer.from(join(folder, province, 'in/')), Buffer.from([...bytes, ...Buffer.from('.zip')])]);
  // 结果
  renameSync(join(folder, province, 'in', 'answer.zip'), named([0xbd, 0xe1, 0xb9, 0xfb]));
  // As long as a name may be; in UTF-8 it would be longer.
  mkdirSync(named(Array.from({ length: 250 }, () => 0xb1)));
  here.clock.nowMs += 5_000;
  const [message] = await adapter.fetchMessages(9);
  expect(message).toMatchObject({ kind: 'rejected', submissionId: filing.id });
  await adapter.acknowledge(message?.messageId ?? '');
  expect(readdirSync(join(folder, province, 'in', 'done'))).toContainEqual(expect.stringMatching(/-结果\.zip$/));
});

test('a damaged file is kept for an operator at the second look, and what is behind it is read', async () => {
  const here = world();
  const adapter = here.adapter();
  const filing = here.filing(1);
  await adapter.submit(filing);
  const own = await here.ownSubject(filing.id);
  await adapter.fetchMessages(9);
  const bad = join(folder, province, 'in', 'a-bad.zip');
  writeFileSync(bad, 'PK');
  utimesSync(bad, 0, 0);
  await put('b-good.zip', result(1, own, 1020));
  here.clock.nowMs += 5_000;
  expect(await adapter.fetchMessages(9)).toEqual([]);
  here.clock.nowMs += 10_000;
  const [message] = await adapter.fetchMessages(9);
  expect(message).toMatchObject({ kind: 'rejected', submissionId: filing.id });
  await adapter.acknowledge(message?.messageId ?? '');
  expect(incoming()).toEqual(['done']);
});

test('what somebody is still copying is left alone, and so is what is no package', async () => {
  const here = world();
  const adapter = here.adapter();
  await adapter.submit(here.filing(1));
  await adapter.fetchMessages(9);
  writeFileSync(join(folder, province, 'in', 'half.zip'), 'PK');
  writeFileSync(join(folder, province, 'in', 'notes.txt'), 'x');
  here.clock.nowMs += 5_000;
  expect(await adapter.fetchMessages(9)).toEqual([]);
  expect(incoming()).toEqual(['done', 'half.zip', 'notes.txt']);
});

const here = (name: string) => join(folder, province, 'in', name);
const long = 3 * 1024 * 1024 * 1024;

/** What has come, and is acknowledged: all tests of this file have one database. */
async function taken(adapter: V3Authority) {
  const messages = await adapter.fetchMessages(9);
  for (const { messageId } of messages) await adapter.acknowledge(messageId);
  return messages;
}

const casesOf = async ({ desk }: V3Authority) => {
  const [line] = await desk.listLines();
  const cases = await desk.listCases({ limit: 99 });
  return cases.filter(({ provider }) => provider === line?.provider);
};

test.each<[string, () => void]>([
  ['a folder', () => mkdirSync(here('a.zip'))],
  ['a link that leads nowhere', () => symlinkSync(join(folder, 'nothing'), here('a.zip'))],
  ['a link to what has no end', () => symlinkSync('/dev/zero', here('a.zip'))],
  ['a link out of the folder', () => symlinkSync('/etc/passwd', here('a.zip'))],
  ['a pipe that nobody writes to', () => execFileSync('mkfifo', [here('a.zip')])],
  ['a file of 3 GB', () => [writeFileSync(here('a.zip'), 'PK'), truncateSync(here('a.zip'), long)]],
  [
    'a digest of 3 GB',
    () => [
      writeFileSync(here('a.zip'), 'PK'),
      writeFileSync(here('a.zip.md5'), ''),
      truncateSync(here('a.zip.md5'), long),
    ],
  ],
])('%s in place of a file is kept for an operator, and what is behind it is read', async (_what, make) => {
  const { adapter: make_, filing, clock, ownSubject } = world();
  const adapter = make_();
  const first = filing(1);
  await adapter.submit(first);
  await adapter.fetchMessages(9);
  make();
  try {
    lutimesSync(here('a.zip'), 0, 0);
    await put('b-good.zip', result(1, await ownSubject(first.id), 1020));
    for (let looks = 0; looks < 3; looks += 1) {
      clock.nowMs += 15_000;
      await adapter.fetchMessages(9);
    }
    expect(await taken(adapter)).toMatchObject([{ kind: 'rejected', submissionId: first.id }]);
    expect(incoming().filter((name) => !name.endsWith('.md5'))).toEqual(['done']);
    expect(await casesOf(adapter)).toMatchObject([{ kind: 'unreadable_file' }]);
  } finally {
    rmSync(join(folder, province), { recursive: true });
  }
});

test('a file whose time is ahead of this clock is read', async () => {
  const { adapter: make, filing, clock, ownSubject } = world();
  const adapter = make();
  const first = filing(1);
  await adapter.submit(first);
  await adapter.fetchMessages(9);
  await put('ahead.zip', result(1, await ownSubject(first.id), 1020));
  const later = Date.now() / 1000 + 7200;
  utimesSync(here('ahead.zip'), later, later);
  clock.nowMs += 5_000;
  expect(await taken(adapter)).toMatchObject([{ kind: 'rejected', submissionId: first.id }]);
});

test('what cannot be written leaves nothing half-written behind', async () => {
  const there = join(folder, province, 'out', '0000000001.zip');
  mkdirSync(there, { recursive: true });
  const { adapter: make, filing } = world();
  await expect(make().submit(filing(1))).rejects.toMatchObject({ code: 'authority.unreachable' });
  expect(readdirSync(join(folder, province, 'out'))).toEqual(['0000000001.zip']);
  rmSync(there, { recursive: true });
  expect((await make().submit(filing(1))).receipt).toBe(`${province}-1`);
});

test('a folder that cannot be used is told, and nothing is lost', async () => {
  const here = world();
  writeFileSync(join(folder, province), 'a file where the folder should be');
  const refusal = await here
    .adapter()
    .submit(here.filing(1))
    .then(
      () => null,
      (error: unknown) => error,
    );
  expect(isFault(refusal, 'authority.unreachable')).toBe(true);
  renameSync(join(folder, province), join(folder, 'away'));
  await here.adapter().submit(here.filing(3));
  expect((await here.adapter().submit(here.filing(1))).receipt).toBe(`${province}-1`);
  expect(out().filter((name) => name.endsWith('.zip'))).toEqual(['0000000001.zip', '0000000002.zip']);
});
