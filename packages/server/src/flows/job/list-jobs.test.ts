import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../main/testing/operation-world.ts';

/** A hand-over that waits for the authority. */
async function waiting(world: OperationWorld) {
  const owner = await world.customer();
  const bound = await world.bind(await world.draft(owner.accountId), { resourceId: await world.eligible(owner) });
  const { filingId } = await world.pass(await world.submit(bound));
  return { filingId, domainName: bound.domainName };
}

describeOperation('listJobs', { may: ['operator'], sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('what waits, the next to run first, without what it carries', async () => {
    const world = get();
    const filings = [await waiting(world), await waiting(world)];
    const { client } = world.people.operator;
    const first = await client.listJobs({ query: { limit: 1 } });
    const rest = await client.listJobs({ query: { limit: 500, after: first.next ?? '' } });
    const jobs = [...first.jobs, ...rest.jobs];
    expect(jobs.length).toBe((await client.countJobs({})).total);
    expect(jobs.map(({ runAt }) => runAt)).toEqual(jobs.map(({ runAt }) => runAt).sort());
    expect(jobs[0]).toEqual({
      id: jobs[0]?.id,
      topic: 'authority.submit',
      attempts: 0,
      runAt: jobs[0]?.runAt,
      lastError: null,
      lastFault: null,
      filingId: expect.any(String),
      domainName: expect.any(String),
      provinceCode: '440000',
    });
    // Each says which filing it is about.
    expect(jobs).toEqual(expect.arrayContaining(filings.map((filing) => expect.objectContaining(filing))));
  });
});

describeOperation('countJobs', { may: ['operator'], sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('how many wait, and how many of them have failed', async () => {
    const world = get();
    const { client } = world.people.operator;
    const before = await client.countJobs({});
    await waiting(world);
    expect(await client.countJobs({})).toEqual({ total: before.total + 1, failing: before.failing });
    const { store, clock } = world.deps;
    const at = clock.now();
    const [job] = await store.leaseJobs({ topics: ['authority.submit'], limit: 1, owner: 'worker', at, leaseMs: 1000 });
    await store.transaction((tx) => tx.jobs.retry(job?.id ?? '', 'worker', at, 'unreachable'));
    expect((await client.countJobs({})).failing).toBe(before.failing + 1);
    const { jobs } = await client.listJobs({ query: { failing: 'true', limit: 500 } });
    expect(jobs.map(({ lastError }) => lastError)).toEqual(
      Array.from({ length: before.failing + 1 }, () => expect.any(String)),
    );
  });
});
