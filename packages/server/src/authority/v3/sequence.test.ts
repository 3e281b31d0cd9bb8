import { isFault } from '@openbeian/model/fault';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { expect, test } from 'vitest';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../secrets/index.ts';
import { openStore } from '../../store/index.ts';
import { type LineWorld, province } from './testing/line-world.ts';
import { lineWorlds } from './testing/line-worlds.ts';

const world = lineWorlds({
  open: () => openStore({ dataDir: null }),
  vault: new KeyRingVault(makeKeyRing()),
  makeIds: (nowMs) => new SortableIds(nowMs),
  codeTables: loadCodeTables(),
});

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (isFault(error) ? error : Promise.reject(error)),
  );
const sequences = ({ there }: LineWorld) => there.taken.map(({ sequence }) => sequence);

test('a hand-over is one package under the next number, as the interface wants it, and its receipt is the same again', async () => {
  const here = await world();
  const adapter = here.adapter();
  const receipt = await adapter.submit(here.filing(1));
  expect(receipt).toEqual({
    submissionId: `exc_${here.unit}_1`,
    receipt: `${province}-1`,
    receivedAt: '2026-11-21T01:30:00.000Z',
  });
  expect(await adapter.submit(here.filing(1))).toEqual(receipt);
  expect(await here.adapter().submit(here.filing(1))).toEqual(receipt);
  expect((await adapter.submit(here.filing(3))).receipt).toBe(`${province}-2`);
  expect(sequences(here)).toEqual([1, 2]);
  const [first] = here.there.taken;
  const sent = first?.upload !== null && 'ICP' in (first?.upload ?? {}) ? first?.upload : undefined;
  expect(sent).toMatchObject({
    ICP: { XZBA: { Baxx: [{ Wz_xx: [{ Ym_xx: [{ Ym: 'example1.cn' }] }] }] }, Qqdwid: here.unit },
  });
});

test('many at once, of two processes, go one after the other without a gap', async () => {
  const here = await world();
  const adapters = [here.adapter(), here.adapter()];
  const filings = Array.from({ length: 12 }, (_, index) => here.filing(index * 2 + 1));
  const receipts = await Promise.all(filings.map(async (filing, index) => adapters[index % 2]?.submit(filing)));
  expect(new Set(receipts.map((each) => each?.receipt)).size).toBe(12);
  expect(sequences(here)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
});

test.each(['breaks_before', 'breaks_after', 'garbage', 'http_503'] as const)(
  'an answer that says nothing (%s): the same package under the same number, and none is sent twice',
  async (how) => {
    const here = await world();
    const adapter = here.adapter();
    here.there.instead.push({ operation: 'isp_upload', how });
    expect((await codeOf(adapter.submit(here.filing(1))))?.code).toBe('authority.unreachable');
    // Whoever comes next finds out first; another process, too.
    await here.adapter().submit(here.filing(3));
    expect(sequences(here)).toEqual([1, 2]);
    expect((await adapter.submit(here.filing(1))).receipt).toBe(`${province}-1`);
    expect(sequences(here)).toEqual([1, 2]);
  },
);

test('a process that died after sending is no reason to send again', async () => {
  const here = await world();
  let died: () => void = () => {};
  const dead = new Promise<never>((_, reject) => {
    died = () => reject(new Error('killed'));
  });
  dead.catch(() => {});
  // It hangs for ever after the authority has it: as after `kill -9` nothing of it runs on.
  const { store } = here;
  let isDead = false;
  const dying: typeof store = Object.create(store, {
    transaction: {
      value: (work: Parameters<typeof store.transaction>[0]) => (isDead ? dead : store.transaction(work)),
    },
  });
  here.there.onUpload = async () => {
    isDead = true;
  };
  const lost = codeOf(here.adapter({ store: dying }).submit(here.filing(1))).catch(() => null);
  await expect.poll(() => here.there.taken.length).toBe(1);
  here.there.onUpload = async () => {};
  // Its lease runs out.
  here.clock.nowMs += 16_000;
  expect((await here.adapter().submit(here.filing(1))).receipt).toBe(`${province}-1`);
  expect(sequences(here)).toEqual([1]);
  died();
  await lost;
});

test.each([
  [20, 30 * 60_000],
  [901, 60 * 60_000],
  [15, 30 * 60_000],
])('code %i: nothing is sent until later, the number is free again', async (code, waitMs) => {
  const here = await world();
  const adapter = here.adapter();
  here.there.instead.push({ operation: 'isp_upload', how: code });
  const fault = await codeOf(adapter.submit(here.filing(1)));
  expect(fault).toMatchObject({ code: 'authority.unreachable', extras: { retryAfterSeconds: waitMs / 1000 } });
  expect(await codeOf(adapter.submit(here.filing(3)))).toMatchObject({ code: 'authority.unreachable' });
  expect(here.there.asked.filter((each) => each === 'isp_upload')).toHaveLength(1);
  here.clock.nowMs += waitMs;
  await adapter.submit(here.filing(3));
  await adapter.submit(here.filing(1));
  expect(sequences(here)).toEqual([1, 2]);
});

test.each([14, 999] as const)(
  'what came although it was answered as refused counts once it is found (%i), and nothing goes twice',
  async (code) => {
    const here = await world();
    const adapter = here.adapter();
    here.there.codeOfUsedNumber = code;
    // A slow call that arrives behind its own repetition looks like this.
    here.there.instead.push({ operation: 'isp_upload', how: 'closed_but_taken' });
    expect((await codeOf(adapter.submit(here.filing(1))))?.code).toBe('authority.unreachable');
    here.clock.nowMs += 30 * 60_000;
    expect((await adapter.submit(here.filing(3))).receipt).toBe(`${province}-2`);
    expect((await adapter.submit(here.filing(1))).receipt).toBe(`${province}-1`);
    // The same one is next.
    here.there.instead.push({ operation: 'isp_upload', how: 'closed_but_taken' });
    await codeOf(adapter.submit(here.filing(5)));
    here.clock.nowMs += 30 * 60_000;
    expect((await adapter.submit(here.filing(5))).receipt).toBe(`${province}-3`);
    await adapter.submit(here.filing(7));
    expect(sequences(here)).toEqual([1, 2, 3, 4]);
    const cases = await here.ledger((ledger) => ledger.listCases({ limit: 99 }));
    expect(cases.filter(({ provider }) => provider === here.line.provider)).toEqual([]);
  },
);

test('a wrong password stops the line until an operator resumes it', async () => {
  const here = await world();
  here.there.instead.push({ operation: 'isp_upload', how: 5 });
  const adapter = here.adapter();
  const { line } = here;
  expect((await codeOf(adapter.submit(here.filing(1))))?.message).toMatch(/stopped until an operator/);
  here.clock.nowMs += 7 * 86_400_000;
  expect((await codeOf(adapter.submit(here.filing(1))))?.message).toMatch(/password is wrong.*\(5\)/);
  expect(here.there.asked).toEqual(['isp_upload']);
  expect(await here.ledger((ledger) => ledger.findLine(line))).toMatchObject({ stoppedBecause: { code: '5' } });
  await here.ledger((ledger) => ledger.resumeLine(line));
  await adapter.submit(here.filing(1));
  expect(sequences(here)).toEqual([1]);
});

test('what the authority lost goes again under its own numbers', async () => {
  const here = await world();
  const adapter = here.adapter();
  for (const seed of [1, 3, 5]) await adapter.submit(here.filing(seed));
  here.there.sequence = 1;
  await adapter.submit(here.filing(7));
  expect(sequences(here)).toEqual([1, 2, 3, 2, 3, 4]);
  const digest = (place: number) => here.there.taken[place]?.packed.beianInfoHash;
  expect([digest(3), digest(4)]).toEqual([digest(1), digest(2)]);
});

test('where the authority counts further than is known here, counting goes on from there and an operator is told', async () => {
  const here = await world();
  here.there.sequence = 40;
  await here.adapter().submit(here.filing(1));
  expect(sequences(here)).toEqual([41]);
  const cases = await here.ledger((ledger) => ledger.listCases({ limit: 99 }));
  expect(cases.filter(({ provider }) => provider === here.line.provider)).toMatchObject([
    { kind: 'sequence_moved', about: '0-40' },
  ]);
  await here.adapter().submit(here.filing(3));
  expect(sequences(here)).toEqual([41, 42]);
});

test('the receipt of what was accepted is known without asking anybody; of nothing else there is one', async () => {
  const here = await world();
  const adapter = here.adapter();
  const receipt = await adapter.submit(here.filing(1));
  const asked = here.there.asked.length;
  const find = (id: string) => here.ledger((ledger) => adapter.findReceipt(id, ledger));
  expect(await find(receipt.submissionId)).toEqual(receipt);
  expect(await find('exc_unknown')).toBeNull();
  expect(here.there.asked).toHaveLength(asked);
});

test('what cannot be carried is named at its fields, and nothing is sent', async () => {
  const here = await world();
  const adapter = here.adapter();
  const app = here.filing(1, { service: { kind: 'app' } });
  const fault = await codeOf(adapter.submit(app));
  expect(fault).toMatchObject({ code: 'authority.not_sendable' });
  expect(fault?.extras.places?.map(({ path }) => path)).toContain('service.kind');
  const strange = here.filing(3);
  const rare = { ...strange, subject: { ...strange.subject, name: '示例𠮷有限公司' } };
  expect((await codeOf(adapter.submit(rare)))?.extras.places?.[0]?.path).toBe('subject.name');
  const stopping = here.adapter({ lossesThatStop: ['emergency_phone_left_out'] });
  const enclosed = { cancellationReason: '', filingPassword: null, loadPictures: async () => [] };
  const kinds = await here.ledger((ledger) => stopping.listLosses(here.filing(5), enclosed, ledger));
  expect(kinds).toContainEqual(expect.objectContaining({ kind: 'emergency_phone_left_out', blocks: true }));
  expect((await codeOf(stopping.submit(here.filing(5))))?.extras.places?.[0]?.path).toMatch(/emergencyMobile$/);
  expect(here.there.asked).toEqual([]);
  await here.adapter().submit(here.filing(5));
  expect(sequences(here)).toEqual([1]);
});

test('where nothing is out, files are asked for more seldom; once something is, as often as ever', async () => {
  const here = await world();
  const adapter = here.adapter({ downloadEveryMs: 2_000, quietDownloadEveryMs: 60_000 });
  const looksWithin = async (seconds: number) => {
    const before = here.there.asked.length;
    for (let second = 0; second < seconds; second += 1) {
      await adapter.fetchMessages(20);
      here.clock.nowMs += 1_000;
    }
    return here.there.asked.slice(before).filter((operation) => operation === 'isp_download').length;
  };
  expect(await looksWithin(10)).toBe(1);
  await adapter.submit(here.filing(1));
  expect(await looksWithin(10)).toBe(4);
});
