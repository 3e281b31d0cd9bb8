import { Fault } from '@openbeian/model/fault';
import { afterEach, expect, test, vi } from 'vitest';
import type { Authority, AuthorityMessage, AuthoritySubmission } from '../ports/index.ts';
import { Worker } from '../work/worker.ts';
import { depsWith } from './testing/poison.ts';
import { describeOnBoth, type RuleWorld } from './testing/rule-world.ts';

vi.setConfig({ testTimeout: 120_000 });

const beijing = '110000';
const shanghai = '310000';

/** Answers that some test's authority owes. */
const hung: PromiseWithResolvers<void>[] = [];

/** Filings that wait to be handed over to that province, in this order. */
async function passed(world: RuleWorld, provinceCode: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const account = await world.account();
    const resourceId = await world.server(account, 'tencent', 'cvm');
    const { filingId } = await world.pass(
      await world.submit(await world.bind(await world.draft(account), { resourceId })),
    );
    await world.run(`UPDATE filing SET province_code = '${provinceCode}' WHERE id = '${filingId}'`);
    await world.run(`UPDATE job SET line = '${provinceCode}' WHERE payload->>'filingId' = '${filingId}'`);
    world.clock.nowMs += 1000;
    ids.push(filingId);
  }
  return ids;
}

/** An authority that answers when the test says so; what it was asked, in order, and how many at once at most. */
function authorityOf(world: RuleWorld) {
  const asked: AuthoritySubmission[] = [];
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  const underWay = new Map<string, number>();
  const most = new Map<string, number>();
  const hanging = new Set<string>();
  const submit: Authority['submit'] = async (submission) => {
    const { id, filingId, provinceCode } = submission;
    asked.push(submission);
    const now = (underWay.get(provinceCode) ?? 0) + 1;
    underWay.set(provinceCode, now);
    most.set(provinceCode, Math.max(now, most.get(provinceCode) ?? 0));
    if (hanging.has(provinceCode)) {
      const answer = Promise.withResolvers<void>();
      waiting.set(filingId, answer);
      hung.push(answer);
      await answer.promise.finally(() => underWay.set(provinceCode, (underWay.get(provinceCode) ?? 1) - 1));
    } else underWay.set(provinceCode, now - 1);
    return { submissionId: id, receipt: `r-${id}`, receivedAt: world.deps.clock.now() };
  };
  return {
    submit,
    hanging,
    most,
    asked: (provinceCode: string) =>
      asked.filter((one) => one.provinceCode === provinceCode).map((one) => one.filingId),
    answer: (filingId: string) => waiting.get(filingId)?.resolve(),
    fail: (filingId: string, error: unknown) => waiting.get(filingId)?.reject(error),
  };
}

const stateOf = async (world: RuleWorld, filingId: string) =>
  (await world.flows.getFiling({ actor: world.operator }, { filingId })).filing.state;
/** Waits for it, however slow the machine is. */
const until = (holds: () => Promise<void> | void) => vi.waitFor(holds, { timeout: 60_000, interval: 10 });

await describeOnBoth('hand-overs to several provinces', (get) => {
  let workers: Worker[] = [];
  afterEach(async () => {
    for (const answer of hung.splice(0)) answer.resolve();
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await get().run(`DELETE FROM job`);
  });

  function start(world: RuleWorld, authority: Partial<Authority>, options: object = {}): Worker {
    const deps = depsWith(world, { authority: { ...world.deps.authority, ...authority } });
    const onError = () => {};
    const worker = new Worker(deps, { owner: world.fresh('worker'), pollMs: 5, onError, ...options });
    workers = [...workers, worker];
    worker.start();
    return worker;
  }

  test('one that hangs holds up neither another, nor messages, nor what is overdue, and goes on when it answers', async () => {
    const world = get();
    const draft = await world.draft(await world.account());
    world.clock.nowMs += 61 * 86_400_000;
    const stuck = await passed(world, beijing, 5);
    const others = await passed(world, shanghai, 5);
    const authority = authorityOf(world);
    authority.hanging.add(beijing);
    const message = {
      kind: 'sms_confirmed',
      messageId: world.fresh('msg'),
      submissionId: 'sub_none',
      sentAt: world.deps.clock.now(),
    } as const;
    let messages: AuthorityMessage[] = [message];
    start(
      world,
      {
        submit: authority.submit,
        fetchMessages: async () => messages,
        acknowledge: async () => void (messages = []),
      },
      { perLine: 2 },
    );
    await until(() => expect(authority.asked(beijing)).toEqual(stuck.slice(0, 2)));
    await until(async () => {
      // What failed for a moment on a busy machine is tried again after seconds.
      world.clock.nowMs += 10;
      for (const id of others) expect(await stateOf(world, id)).toBe('awaiting_sms');
      expect(messages).toEqual([]);
      expect(await stateOf(world, draft.filingId)).toBe('abandoned');
    });
    // All the while no more than two of the other province were asked.
    expect(authority.asked(beijing)).toEqual(stuck.slice(0, 2));
    authority.hanging.clear();
    for (const id of stuck) authority.answer(id);
    await until(async () => {
      world.clock.nowMs += 10;
      for (const id of stuck) expect(await stateOf(world, id)).toBe('awaiting_sms');
    });
    expect(authority.most.get(beijing)).toBe(2);
  });

  test('two workers hand each filing over once, and keep to a province’s limit together', async () => {
    const world = get();
    const filings = await passed(world, beijing, 8);
    const authority = authorityOf(world);
    authority.hanging.add(beijing);
    start(world, { submit: authority.submit }, { perLine: 3 });
    start(world, { submit: authority.submit }, { perLine: 3 });
    for (let done = 0; done < filings.length; done += 1) {
      const next = Math.min(done + 3, filings.length);
      await until(() => expect(authority.asked(beijing)).toHaveLength(next));
      authority.answer(authority.asked(beijing)[done] ?? '');
    }
    await until(async () => {
      for (const id of filings) expect(await stateOf(world, id)).toBe('awaiting_sms');
    });
    expect(authority.asked(beijing).sort()).toEqual([...filings].sort());
    expect(authority.most.get(beijing)).toBe(3);
  });

  test('one that goes in turn is asked for the next filing only when it answered about the last', async () => {
    const world = get();
    const [first = '', second = '', third = ''] = await passed(world, beijing, 3);
    const authority = authorityOf(world);
    authority.hanging.add(beijing);
    const options = { perLine: 9, inTurn: [beijing] };
    start(world, { submit: authority.submit }, options);
    start(world, { submit: authority.submit }, options);
    await until(() => expect(authority.asked(beijing)).toEqual([first]));
    // What became of it is not known: it is asked again, before any other.
    authority.fail(first, new Fault('authority.unreachable'));
    await until(async () => {
      world.clock.nowMs += 1000;
      expect(authority.asked(beijing)).toEqual([first, first]);
    });
    authority.answer(first);
    await until(() => expect(authority.asked(beijing)).toEqual([first, first, second]));
    // Refused: nothing of it is there, so the next one goes on.
    authority.fail(second, new Fault('authority.refused'));
    await until(() => expect(authority.asked(beijing)).toEqual([first, first, second, third]));
    authority.answer(third);
    await until(async () => expect(await stateOf(world, third)).toBe('awaiting_sms'));
    expect(authority.most.get(beijing)).toBe(1);
  });

  test('one that does not answer is tried with a single filing until it does', async () => {
    const world = get();
    const filings = await passed(world, beijing, 4);
    const authority = authorityOf(world);
    authority.hanging.add(beijing);
    start(world, { submit: authority.submit }, { perLine: 2 });
    await until(() => expect(authority.asked(beijing)).toHaveLength(2));
    for (const id of filings.slice(0, 2)) authority.fail(id, new Fault('authority.unreachable'));
    await until(() => expect(authority.asked(beijing)).toHaveLength(3));
    const [, , third = ''] = authority.asked(beijing);
    authority.hanging.clear();
    authority.most.set(beijing, 0);
    authority.answer(third);
    await until(async () => {
      world.clock.nowMs += 1000;
      for (const id of filings) expect(await stateOf(world, id)).toBe('awaiting_sms');
    });
  });
});
