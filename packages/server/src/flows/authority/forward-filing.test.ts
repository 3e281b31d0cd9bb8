import { Fault } from '@openbeian/model/fault';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeUnderWay } from '../../main/testing/filed-company.ts';
import { reach } from '../../main/testing/filing-steps.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { type AuthoritySubmission, type Job, readableOf } from '../../ports/index.ts';
import { forwardFiling } from './forward-filing.ts';
import { recordMessage } from './record-message.ts';

describe('forwardFiling', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  /** The job of the filing, leased to `worker`; those of other tests are left to them. */
  const leased = async (filingId: string): Promise<Job> => {
    const { store, clock } = world.deps;
    const jobs = await store.leaseJobs({
      topics: ['authority.submit'],
      limit: 1000,
      owner: 'worker',
      at: clock.now(),
      leaseMs: 60_000,
    });
    const job = jobs.find(({ payload }) => JSON.stringify(payload).includes(filingId));
    if (job === undefined) throw new Error('its job is not due');
    return job;
  };
  const waits = async (job: Job) => {
    const jobs = await world.deps.store.transaction((tx) => tx.jobs.list({ limit: 1000 }));
    return jobs.find(({ id }) => id === job.id);
  };
  const stateOf = async (filingId: string) =>
    (await world.flows.getFiling({ actor: world.operator }, { filingId })).filing;

  test('hands over the form in the clear and records the receipt; done twice it does no harm', async () => {
    const { filingId, domainName } = await reach(world, await world.customer(), 'passed');
    const given: AuthoritySubmission[] = [];
    const submit = async (submission: AuthoritySubmission) => {
      given.push(submission);
      return { submissionId: submission.id, receipt: 'receipt-1', receivedAt: world.deps.clock.now() };
    };
    world.replace({ authority: { submit } });
    const job = await leased(filingId);
    await forwardFiling(world.deps, { job, owner: 'worker' }, failTest);
    expect(given).toMatchObject([{ filingId, provider: 'xingyun', service: { domainName } }]);
    expect(given[0]?.subject.principal.mobile).toMatch(/^1\d{10}$/);
    expect((await stateOf(filingId)).state).toBe('awaiting_sms');
    expect(await waits(job)).toBeUndefined();
    expect((await world.events(filingId)).at(-1)).toBe('FilingForwarded');
  });

  test('where messages were faster than whoever took over from a killed worker, the receipt that the line has is recorded', async () => {
    const { filingId } = await reach(world, await world.customer(), 'passed');
    const job = await leased(filingId);
    const { submissionId } = readableOf(job.payload);
    const at = world.deps.clock.now();
    const message = { kind: 'sms_confirmed', messageId: `early-${submissionId}`, submissionId, sentAt: at } as const;
    await recordMessage(world.deps, message, failTest);
    const findReceipt = async (id: string) => ({ submissionId: id, receipt: '440000-7', receivedAt: at });
    const submit = () => Promise.reject(new Error('the authority was asked'));
    world.replace({ authority: { submit, findReceipt } });
    await forwardFiling(world.deps, { job, owner: 'worker' }, failTest);
    const found = await world.deps.store.transaction((tx) => tx.exchange.findSubmission(submissionId));
    expect(found).toMatchObject({ receipt: '440000-7' });
    expect(await waits(job)).toBeUndefined();
    expect((await stateOf(filingId)).state).toBe('awaiting_verdict');
  });

  test('a change whose record was cancelled after the review is not handed over; it ends', async () => {
    const { filing, cancelRecord } = await changeUnderWay(world, await world.customer());
    const { filingId } = await world.pass(filing);
    await cancelRecord();
    world.replace({ authority: { submit: () => Promise.reject(new Error('the authority was asked')) } });
    const job = await leased(filingId);
    await forwardFiling(world.deps, { job, owner: 'worker' }, failTest);
    expect((await stateOf(filingId)).state).toBe('abandoned');
    expect(await waits(job)).toBeUndefined();
    expect((await world.events(filingId)).at(-1)).toBe('FilingVoided');
  });

  test.each([
    ['authority.unreachable', 5_000],
    ['authority.refused', 15 * 60_000],
  ] as const)('%s: tried again later, with the cause', async (code, waitMs) => {
    const { filingId } = await reach(world, await world.customer(), 'passed');
    const job = await leased(filingId);
    world.replace({ authority: { submit: () => Promise.reject(new Fault(code)) } });
    const told: unknown[] = [];
    await forwardFiling(world.deps, { job, owner: 'worker' }, (error) => told.push(error));
    expect(told).toHaveLength(code === 'authority.refused' ? 1 : 0);
    const runAt = new Date(world.clock.nowMs + waitMs).toISOString();
    expect(await waits(job)).toMatchObject({ attempts: 1, runAt });
    expect((await waits(job))?.lastError).toContain(code);
    // By its code, with words for people in both languages.
    expect((await waits(job))?.lastFault).toMatchObject({ code, zh: expect.stringMatching(/管局/) });
    expect((await stateOf(filingId)).state).toBe('awaiting_forward');
  });

  test('refused again and again it is parked; an operator who has removed the cause has it tried at once', async () => {
    const { filingId } = await reach(world, await world.customer(), 'passed');
    let asked = 0;
    const refuse = () => {
      asked += 1;
      return Promise.reject(new Fault('authority.refused'));
    };
    world.replace({ authority: { submit: refuse } });
    const attempt = async () => {
      const topics = ['authority.submit'] as const;
      const lease = { topics, limit: 1000, owner: 'worker', at: world.deps.clock.now(), leaseMs: 60_000 };
      const jobs = (await world.deps.store.leaseJobs(lease)).filter(({ payload }) =>
        JSON.stringify(payload).includes(filingId),
      );
      for (const job of jobs) await forwardFiling(world.deps, { job, owner: 'worker' }, () => {});
      return jobs[0]?.id;
    };
    const itemId = (await attempt()) ?? '';
    for (let day = 0; day < 20; day += 1) {
      world.clock.nowMs += 3_600_000;
      await attempt();
    }
    expect(asked).toBe(8);
    const failure = async () =>
      (await world.flows.listWorkFailures({ actor: world.operator }, { limit: 200 })).failures.find(
        (one) => one.itemId === itemId,
      );
    expect(await failure()).toMatchObject({
      kind: 'forward',
      retryAt: null,
      lastError: expect.stringContaining('authority.refused'),
    });
    const submit = async (submission: AuthoritySubmission) => ({
      submissionId: submission.id,
      receipt: 'receipt-2',
      receivedAt: world.deps.clock.now(),
    });
    world.replace({ authority: { submit } });
    const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
    await world.flows.retryWork(call, { kind: 'forward', itemId });
    await attempt();
    expect((await stateOf(filingId)).state).toBe('awaiting_sms');
    expect(await failure()).toBeUndefined();
  });

  test('is held when its resource is no longer eligible, and comes back with the reasons', async () => {
    const owner = await world.customer();
    const { filingId } = await reach(world, owner, 'passed');
    const job = await leased(filingId);
    world.clock.nowMs = Date.parse('2029-01-15T00:00:00Z');
    await forwardFiling(world.deps, { job, owner: 'worker' }, failTest);
    const filing = await stateOf(filingId);
    expect([filing.state, filing.findings.map(({ rule }) => rule)]).toEqual([
      'returned',
      ['resource.remaining_term_too_short', 'resource.expired'],
    ]);
  });

  test('anything else counts as a failure of the item', async () => {
    const { filingId } = await reach(world, await world.customer(), 'passed');
    const job = await leased(filingId);
    world.replace({ authority: { submit: () => Promise.reject(new TypeError('cannot be written down')) } });
    const told: unknown[] = [];
    await forwardFiling(world.deps, { job, owner: 'worker' }, (error) => told.push(error));
    const { failures } = await world.flows.listWorkFailures({ actor: world.operator }, {});
    expect(failures.find(({ itemId }) => itemId === job.id)).toMatchObject({ kind: 'forward', lastError: 'TypeError' });
    expect(told).toHaveLength(1);
  });

  test('leaves nothing to try again where it was done and only the answer to its commit was lost', async () => {
    const { filingId } = await reach(world, await world.customer(), 'passed');
    const job = await leased(filingId);
    const submit = async ({ id }: AuthoritySubmission) => ({
      submissionId: id,
      receipt: 'receipt-3',
      receivedAt: world.deps.clock.now(),
    });
    world.replace({ authority: { submit } });
    const { store } = world.deps;
    let lost = 0;
    const losing: typeof store = {
      ...store,
      async transaction(work) {
        const result = await store.transaction(work);
        const { state } = await stateOf(filingId);
        if (state === 'awaiting_forward' || lost > 0) return result;
        lost += 1;
        throw new Fault('store.unavailable');
      },
    };
    await forwardFiling({ ...world.deps, store: losing }, { job, owner: 'worker' }, () => {});
    expect(lost).toBe(1);
    const { failures } = await world.flows.listWorkFailures({ actor: world.operator }, { limit: 200 });
    expect(failures.filter(({ itemId }) => itemId === job.id)).toEqual([]);
  });
});
