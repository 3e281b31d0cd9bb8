import { isFault } from '@openbeian/model/fault';
import { fictionalCompany } from '@openbeian/model/fictional';
import { expect, test, vi } from 'vitest';
import type { Actor } from '../flows/command/call.ts';
import { sweepOverdue } from '../flows/filing/sweep-overdue.ts';
import { createFlows } from '../flows/index.ts';
import { describeOnBoth, failTest, type RuleWorld, refusalOf } from './testing/rule-world.ts';

vi.setConfig({ testTimeout: 60_000 });
const dayMs = 86_400_000;

/** The flows with other limits. */
const flowsWith = (world: RuleWorld, limits: Partial<Pick<RuleWorld['deps'], 'drafts' | 'reveals'>>) =>
  createFlows({ ...world.deps, ...limits });

function startOf(world: RuleWorld, number: number) {
  return {
    domainName: `${world.fresh('limit')}.cn`,
    serviceKind: 'website' as const,
    subjectKind: 'enterprise' as const,
    provinceCode: '440000',
    certificateType: 'business_licence',
    certificateNumber: fictionalCompany(number).creditCode,
  };
}

await describeOnBoth('what an account may open', (its) => {
  test('is nothing while it is not real-name verified, and the authority is not asked', async () => {
    const world = its();
    let asked = 0;
    const authority = {
      ...world.deps.authority,
      findStatus: async () => {
        asked += 1;
        return { filed: false, subjectNumber: null, serviceNumber: null };
      },
    };
    const { startFiling } = createFlows({ ...world.deps, authority });
    const account = await world.account('none');
    expect(await refusalOf(startFiling(world.call(account), startOf(world, 5001)))).toBe('account.not_verified');
    expect(asked).toBe(0);
    const verified = await world.account('individual');
    await startFiling(world.call(verified), startOf(world, 5001));
    expect(asked).toBe(2);
  });

  test('is so many drafts at once, also when all are asked for at the same moment', async () => {
    const world = its();
    const { startFiling, abandonFiling } = flowsWith(world, { drafts: { perAccount: 3, emptyDays: 3 } });
    const account = await world.account();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => startFiling(world.call(account), startOf(world, 5100 + index))),
    );
    const started = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value.filing] : []));
    expect(started).toHaveLength(3);
    for (const one of outcomes) {
      if (one.status === 'rejected') expect(isFault(one.reason) && one.reason.code).toBe('filing.too_many_drafts');
    }
    const [first] = started;
    await abandonFiling(world.call(account), { filingId: first?.id ?? '', version: first?.version ?? 0 });
    await startFiling(world.call(account), startOf(world, 5120));
    // Another account's drafts are its own.
    await startFiling(world.call(await world.account()), startOf(world, 5121));
  });

  test('lapses after three days where nobody fills it in, which sets the name free; filled in, it has its sixty', async () => {
    const world = its();
    const account = await world.account();
    const start = startOf(world, 5201);
    const { filing } = await world.flows.startFiling(world.call(account), start);
    const kept = await world.draft(account, 5202);
    const stateOf = async (filingId: string) =>
      (await world.flows.getFiling({ actor: world.operator }, { filingId })).filing.state;
    const begunMs = world.clock.nowMs;
    world.clock.nowMs = begunMs + 2.9 * dayMs;
    await sweepOverdue(world.deps, failTest);
    expect(await stateOf(filing.id)).toBe('draft');
    world.clock.nowMs = begunMs + 4 * dayMs;
    await sweepOverdue(world.deps, failTest);
    expect(await stateOf(filing.id)).toBe('abandoned');
    expect(await stateOf(kept.filingId)).toBe('draft');
    await world.flows.startFiling(world.call(await world.account()), { ...start });
    world.clock.nowMs = begunMs + 62 * dayMs;
    await sweepOverdue(world.deps, failTest);
    expect(await stateOf(kept.filingId)).toBe('abandoned');
  });
});

await describeOnBoth('personal data', (its) => {
  const of = (world: RuleWorld, actor: Actor) => ({ actor, idempotencyKey: world.fresh('look') });
  const claim = (world: RuleWorld, actor: Actor, filingId: string) =>
    world.flows.claimFiling(of(world, actor), { filingId });
  const waiting = async (world: RuleWorld) => {
    const account = await world.account();
    const resourceId = await world.server(account, 'tencent', 'cvm');
    return world.submit(await world.bind(await world.draft(account), { resourceId }));
  };

  test('is shown to a reviewer while the filing waits for review, and to nobody of the provider before or after', async () => {
    const world = its();
    const { flows, reviewer, operator } = world;
    const account = await world.account();
    const draft = await world.draft(account);
    const look = (actor: Actor, filingId: string) =>
      flows.revealFilingForm(of(world, actor), { filingId, because: 'review', reason: '核对证件' });
    for (const actor of [reviewer, operator])
      expect(await refusalOf(look(actor, draft.filingId))).toBe('filing.wrong_state');
    const own = await flows.revealFilingForm(world.call(account), { filingId: draft.filingId, reason: '自己的' });
    expect(own.values['subject.certificateNumber']).toMatch(/^[0-9A-Z]{18}$/);

    const submitted = await waiting(world);
    await claim(world, reviewer, submitted.filingId);
    expect((await look(reviewer, submitted.filingId)).values['subject.certificateNumber']).toMatch(/^[0-9A-Z]{18}$/);
    const passed = await world.pass(submitted);
    expect(await refusalOf(look(reviewer, passed.filingId))).toBe('filing.wrong_state');
    await claim(world, operator, passed.filingId);
    expect((await look(operator, passed.filingId)).values).toBeTypeOf('object');
  });

  test('is of a filing that one person has claimed, however many claim it at once', async () => {
    const world = its();
    const { filingId } = await waiting(world);
    const reviewers = Array.from({ length: 12 }, (): Actor => ({ ...world.reviewer, userId: world.fresh('usr') }));
    const outcomes = await Promise.allSettled(reviewers.map((reviewer) => claim(world, reviewer, filingId)));
    const winners = reviewers.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const one of outcomes) {
      if (one.status === 'rejected') expect(isFault(one.reason) && one.reason.code).toBe('filing.claimed_by_other');
    }
    const { filing } = await world.flows.getFiling({ actor: world.operator }, { filingId });
    expect(filing.claim?.holderId).toBe(winners[0]?.userId);
  });

  test('needs a reason of the list from the provider’s people, which the audit has beside the text', async () => {
    const world = its();
    const { filingId } = await waiting(world);
    await claim(world, world.reviewer, filingId);
    const look = world.flows.revealFilingForm(of(world, world.reviewer), { filingId, reason: 'xx' });
    expect(await refusalOf(look)).toBe('input.invalid');
    await world.flows.revealFilingForm(of(world, world.reviewer), { filingId, because: 'review', reason: '核对证件' });
    const { rows } = await world.flows.listAudit({ actor: world.operator }, { objectId: filingId });
    expect(rows.find(({ action }) => action === 'FormRevealed')?.detail).toEqual({
      because: 'review',
      reason: '核对证件',
    });
  });

  test('is shown so often in a shift, however many ask at once; the first refusal is in the audit, once', async () => {
    const world = its();
    const flows = flowsWith(world, { reveals: { perShift: 5, shiftHours: 8 } });
    const { filingId } = await waiting(world);
    const reviewer: Actor = { ...world.reviewer, userId: world.fresh('usr') };
    const look = () => flows.revealFilingForm(of(world, reviewer), { filingId, because: 'review', reason: '核对证件' });
    await claim(world, reviewer, filingId);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, look));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    for (const fault of refused) expect(isFault(fault) && fault.code).toBe('reveal.quota_spent');
    const waitSeconds = isFault(refused[0]) ? (refused[0].extras.retryAfterSeconds ?? 0) : 0;
    expect(waitSeconds).toBeGreaterThan(0);
    const rows = await world.deps.store.transaction((tx) => tx.audit.list({ objectId: filingId, limit: 99 }));
    expect(rows.filter(({ action }) => action === 'FormRevealed')).toHaveLength(5);
    expect(rows.filter(({ action }) => action === 'RevealQuotaSpent')).toHaveLength(1);

    world.clock.nowMs += waitSeconds * 1000;
    await claim(world, reviewer, filingId);
    expect((await look()).values).toBeTypeOf('object');
  });
});
