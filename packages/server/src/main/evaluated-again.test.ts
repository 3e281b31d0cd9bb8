import { expect, test } from 'vitest';
import { forwardFiling } from '../flows/authority/forward-filing.ts';
import type { Authority, Job } from '../ports/index.ts';
import { describeOnBoth, type RuleWorld, refusalOf } from './testing/rule-world.ts';

const dayMs = 86_400_000;

type Way = 'code' | 'direct';
type FilingRef = Awaited<ReturnType<RuleWorld['draft']>>;

/** What a filing is attached to is evaluated when it is bound, when it is submitted and when it is handed to the authority. */
const raise = (error: unknown): never => {
  throw error;
};

await describeOnBoth('what a filing is attached to', (get) => {
  const codeReason = { 'loses its address': 'code.resource_ineligible', 'runs out': 'code.remaining_term_too_short' };
  const fileReason = { 'loses its address': 'resource.no_public_ip', 'runs out': 'resource.remaining_term_too_short' };
  const lapses: Readonly<Record<keyof typeof codeReason, (world: RuleWorld, account: string, id: string) => unknown>> =
    {
      'loses its address': (world, account, id) =>
        world.server(account, 'tencent', 'cvm', { id, publicIps: [], expiresAt }),
      // No fact changes, only the day.
      'runs out': (world) => {
        world.clock.nowMs += 40 * dayMs;
      },
    };
  let expiresAt = '';
  const cases = (['code', 'direct'] as const).flatMap((way) =>
    (['loses its address', 'runs out'] as const).map((lapse) => [way, lapse] as const),
  );

  /** A server with 60 days left, and what a filing can be bound to. */
  async function prepare(world: RuleWorld, way: Way) {
    const account = await world.account();
    expiresAt = new Date(world.clock.nowMs + 60 * dayMs).toISOString().slice(0, 10);
    const boughtAt = new Date(world.clock.nowMs - 60 * dayMs).toISOString().slice(0, 10);
    const id = await world.server(account, 'tencent', 'cvm', { boughtAt, expiresAt });
    const to = way === 'direct' ? { resourceId: id } : { code: (await world.issue(account, id, account)).clear };
    return { account, id, to };
  }
  const refused = (way: Way, lapse: keyof typeof codeReason) =>
    way === 'code' ? `code.not_usable ${codeReason[lapse]}` : `resource.not_eligible ${fileReason[lapse]}`;

  test.each(cases)('by %s, on a server that %s: not bound', async (way, lapse) => {
    const world = get();
    const { account, id, to } = await prepare(world, way);
    const draft = await world.draft(account);
    await lapses[lapse](world, account, id);
    expect(await refusalOf(world.bind(draft, to))).toBe(refused(way, lapse));
  });

  test.each(cases)('by %s, on a server that %s after it was bound: not submitted', async (way, lapse) => {
    const world = get();
    const { account, id, to } = await prepare(world, way);
    const bound = await world.bind(await world.draft(account), to);
    await lapses[lapse](world, account, id);
    expect(await refusalOf(world.submit(bound))).toBe(refused(way, lapse));
  });

  /** Reviewed and passed; how often the authority is asked when the worker comes to it, and what the filing is then. */
  async function handOver(world: RuleWorld, filing: FilingRef, meanwhile: () => unknown) {
    const reviewer = { userId: 'usr_reviewer', role: 'reviewer', accountId: null } as const;
    const { filingId, version } = filing;
    await world.flows.passFiling({ actor: reviewer, idempotencyKey: world.fresh('key') }, { filingId, version });
    await meanwhile();
    let asked = 0;
    const now = new Date(world.clock.nowMs).toISOString();
    const authority: Authority = {
      ...world.deps.authority,
      async submit({ id }) {
        asked += 1;
        return { submissionId: id, receipt: `receipt-${filingId}`, receivedAt: now };
      },
    };
    const lease = { topics: ['authority.submit'] as const, limit: 100, owner: 'worker', at: now, leaseMs: 60_000 };
    const jobs = await world.deps.store.leaseJobs(lease);
    const job = jobs.find(({ payload }) => (payload as { filingId: string }).filingId === filingId);
    expect(job).toBeDefined();
    await forwardFiling({ ...world.deps, authority }, { job: job as Job, owner: 'worker' }, raise);
    const { filing: after } = await world.flows.getFiling({ actor: reviewer }, { filingId });
    return { asked, state: after.state, because: after.findings.map(({ rule }) => rule) };
  }

  test.each(['code', 'direct'] as const)('by %s, on a server that still qualifies: handed over', async (way) => {
    const world = get();
    const { account, to } = await prepare(world, way);
    const submitted = await world.submit(await world.bind(await world.draft(account), to));
    const outcome = await handOver(world, submitted, () => {});
    expect(outcome).toEqual({ asked: 1, state: 'awaiting_sms', because: [] });
  });

  test.each(cases)('by %s, on a server that %s after the review: not handed over', async (way, lapse) => {
    const world = get();
    const { account, id, to } = await prepare(world, way);
    const submitted = await world.submit(await world.bind(await world.draft(account), to));
    const outcome = await handOver(world, submitted, () => lapses[lapse](world, account, id));
    const because = [way === 'code' ? codeReason[lapse] : fileReason[lapse]];
    expect(outcome).toEqual({ asked: 0, state: 'returned', because });
  });
});
