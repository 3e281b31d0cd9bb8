import { Fault } from '@openbeian/model/fault';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { differingRecord } from '../../../main/testing/differing-record.ts';
import { fictionalDesk } from '../../../main/testing/line-desk.ts';
import { type OperationWorld, openOperations } from '../../../main/testing/operation-world.ts';
import type { AuthorityDesk, AuthorityStatusQuestion } from '../../../ports/index.ts';
import { runReconciliation } from './run-reconciliation.ts';

const line = { provider: '7', provinceCode: '440000' };
const filed = { filed: true, subjectNumber: null, serviceNumber: null };
let world: OperationWorld;
const own = new Set<string>();
beforeAll(async () => {
  world = await openOperations();
  // More than are asked about in one batch.
  for (let n = 0; n < 23; n += 1) own.add((await site()).serviceNumber);
}, 120_000);
beforeEach(async () => {
  world.reset();
  await world.deps.store.transaction(async ({ authorityLedger }) => {
    await authorityLedger.putLine(line);
    const open = await authorityLedger.findOpenReconciliation(line);
    if (open !== null) await authorityLedger.callOffReconciliation(open.id, world.deps.clock.now());
  });
});

const nameIn = (question: AuthorityStatusQuestion) => (question.by === 'domain_name' ? question.domainName : '');

async function site() {
  const owner = await world.customer();
  return world.filed(owner.accountId, { resourceId: await world.eligible(owner) });
}

/** A run that has begun, and how it goes on. */
async function begun(some: Partial<AuthorityDesk>) {
  const asked: string[] = [];
  const { askStatus = async () => filed, ...more } = some;
  world.useDesk(
    fictionalDesk({
      askStatus: (provinceCode, question) => {
        asked.push(nameIn(question));
        return askStatus(provinceCode, question);
      },
      ...more,
    }),
  );
  const id = world.fresh('rec');
  const { store, clock } = world.deps;
  const started = { ...line, id, startedAt: clock.now(), startedBy: 'usr_operator' };
  await store.transaction((tx) => tx.authorityLedger.startReconciliation(started));
  const reported: unknown[] = [];
  return {
    asked,
    reported,
    batch: (owner = 'w1') => runReconciliation(world.deps, owner, (error) => void reported.push(error)),
    row: async () => {
      const row = await store.transaction((tx) => tx.authorityLedger.findReconciliation(id));
      if (row === null) throw new Error('the run is gone');
      return row;
    },
    wait: (seconds: number) => {
      world.clock.nowMs += seconds * 1000;
    },
  };
}
type Run = Awaited<ReturnType<typeof begun>>;

/** But for those whose filing is under way: files of tests share the database. */
const leftOut = ({ skipped, waiting }: { readonly skipped: number; readonly waiting: number }) => skipped - waiting;

async function toItsEnd({ batch, row, wait }: Run) {
  for (let round = 0; round < 200; round += 1) {
    await batch();
    const now = await row();
    if (now.endedAt !== null) return now;
    wait(30);
  }
  throw new Error('the run does not end');
}

test('asks no more than one question a second, and goes on where it was', async () => {
  const run = await begun({});
  expect(await run.batch()).toBe(1);
  expect(run.asked).toHaveLength(20);
  // Not before its time, whoever asks.
  expect([await run.batch(), await run.batch('w2')]).toEqual([0, 0]);
  run.wait(20);
  expect(await run.batch('w2')).toBe(1);
  const end = await toItsEnd(run);
  expect(new Set(run.asked).size).toBe(run.asked.length);
  expect(end).toMatchObject({ ending: 'done', compared: run.asked.length, asked: run.asked.length });
  // Files of tests share the database: of this one’s records none differs.
  const { differences } = await world.people.operator.client.listDifferences({});
  expect(differences.filter(({ serviceNumber }) => own.has(serviceNumber ?? ''))).toEqual([]);
});

test('waits while the authority takes no questions, says why, and leaves nobody out', async () => {
  let isAway = true;
  const detail = { zh: '不在上报时间', en: 'Outside reporting hours' };
  const run = await begun({
    askStatus: async () => {
      if (isAway) throw new Fault('authority.unreachable', { detail, retryAfterSeconds: 1800 });
      return filed;
    },
  });
  await run.batch();
  expect(await run.row()).toMatchObject({ asked: 0, waits: 1, because: detail });
  run.wait(1790);
  expect(await run.batch()).toBe(0);
  run.wait(20);
  isAway = false;
  const end = await toItsEnd(run);
  expect(end).toMatchObject({ ending: 'done', because: null, waits: 0 });
  expect(leftOut(end)).toBe(0);
  expect(run.reported).toEqual([]);
});

test('what cannot be judged is counted: apps are not asked about, and what was not delivered is compared by its name alone', async () => {
  const { serviceNumber, domainName } = await site();
  await world.deps.store.transaction(async ({ records }) => {
    const service = await records.findServiceByNumber(serviceNumber);
    if (service !== null) await records.putService({ ...service, serviceKind: 'app' });
  });
  const run = await begun({});
  const end = await toItsEnd(run);
  expect(run.asked).not.toContain(domainName);
  // Other files of tests have records of their own.
  expect(end.uncarried).toBeGreaterThanOrEqual(1);
  expect(end.unsaid).toBeGreaterThanOrEqual(own.size);
  expect(end.unsaid).toBeLessThanOrEqual(end.compared);
});

test('a name that the authority never answers about is left out after some waits, and the others are compared', async () => {
  const { domainName } = await site();
  const run = await begun({
    askStatus: async (_, question) => {
      if (nameIn(question) === domainName) throw new Fault('authority.unreachable', { retryAfterSeconds: 10 });
      return filed;
    },
  });
  const end = await toItsEnd(run);
  expect(end.ending).toBe('done');
  expect(leftOut(end)).toBe(1);
  expect(run.asked.filter((name) => name === domainName)).toHaveLength(8);
  expect(run.reported).toHaveLength(1);
});

test('a record that cannot be read is told of, and the others are compared', async () => {
  const desk = fictionalDesk();
  world.useDesk(desk);
  const record = await site();
  await differingRecord(world, record, { desk });
  const { paperId } = await world.deps.store.transaction(async ({ authorityLedger }) => {
    const found = await authorityLedger.findFiledRecord(line, { number: record.serviceNumber, domainName: '' });
    return found?.subject ?? { paperId: '' };
  });
  const run = await begun({
    readOrganiser: async (id) => {
      if (id === paperId) throw new Fault('store.unreadable');
      return null;
    },
  });
  const end = await toItsEnd(run);
  expect(leftOut(end)).toBe(1);
  expect(end.compared).toBeGreaterThan(20);
  expect(run.reported).toMatchObject([{ code: 'store.unreadable' }]);
});

test('what a killed worker had is taken up when its lease is over, by one worker', async () => {
  let die = () => {};
  const run = await begun({
    askStatus: () =>
      new Promise((_, reject) => {
        die = () => reject(new Fault('store.unavailable'));
      }),
  });
  const killed = run.batch('killed').catch(() => 'killed');
  while (run.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  // While it is held nobody else works on it.
  expect(await run.batch('w2')).toBe(0);
  die();
  expect(await killed).toBe('killed');
  run.wait(170);
  expect(await run.batch('w2')).toBe(0);
  run.wait(20);
  const again = fictionalDesk({ askStatus: async () => filed });
  world.useDesk(again);
  expect(await run.batch('w2')).toBe(1);
  expect((await toItsEnd(run)).ending).toBe('done');
});
