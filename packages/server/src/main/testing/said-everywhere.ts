import { expect } from 'vitest';
import type { Actor } from '../../flows/command/call.ts';
import { sweepOverdue } from '../../flows/filing/sweep-overdue.ts';
import { worldByHand } from './by-hand.ts';
import { differingRecord } from './differing-record.ts';
import { keptCase } from './kept-case.ts';
import { fictionalDesk } from './line-desk.ts';
import { failTest, type RuleWorld } from './rule-world.ts';

interface Given {
  readonly account: string;
  readonly resourceId: string;
  /** An open contest. */
  readonly contestId: string;
  readonly words: string;
}

/**
 * The same words in a reason of each kind; whoever may read them reads them.
 * @returns the bodies' places where they were said, as `operation.field`, but for a contest's statement, which is given
 */
export async function sayEverywhere(world: RuleWorld, given: Given): Promise<string[]> {
  return [
    await revealCode(world, given),
    await decideContest(world, given),
    await lapse(world, given),
    await reopenLapsed(world, given),
    await recallAndReturn(world, given),
    await ask(world, given),
    await verify(world, given),
    await revealForm(world, given),
    await rejectByHand(world, given),
    await cancel(world, given),
    await seeDifference(world, given),
    await seeCases(world, given),
    await demand(world, given),
    await beginSupport(world, given),
  ].flat();
}

const by = (world: RuleWorld, actor: Actor) => ({ actor, idempotencyKey: world.fresh('key') });

async function isAudited(world: RuleWorld, action: string, words: string): Promise<void> {
  const { rows } = await world.flows.listAudit({ actor: world.operator }, { action, limit: 5 });
  expect([action, JSON.stringify(rows[0]?.detail).includes(words)]).toEqual([action, true]);
}

async function revealCode(world: RuleWorld, { account, resourceId, words }: Given) {
  const { actor } = world.call(account);
  const { codes } = await world.flows.listCodes({ actor }, { resourceId, side: 'issued' });
  await world.flows.revealCode(world.call(account), { codeId: codes[0]?.id ?? '', reason: words });
  await isAudited(world, 'CodeRevealed', words);
  return ['revealCode.reason'];
}

async function decideContest(world: RuleWorld, { account, contestId, words }: Given) {
  const decision = { contestId, decision: 'dismissed' as const, reasons: words };
  const call = by(world, world.operator);
  expect((await world.flows.decideContest(call, decision)).reasons).toBe(words);
  // Once more for the same key: what is kept of the answer is said again.
  expect((await world.flows.decideContest(call, decision)).reasons).toBe(words);
  const { notices } = await world.flows.listNotices({ actor: world.call(account).actor }, { unread: 'false' });
  expect(notices[0]?.text.zh).toContain(words);
  await isAudited(world, 'ContestDecided', words);
  return ['decideContest.reasons'];
}

async function lapse(world: RuleWorld, { words }: Given) {
  const { filingId, version } = await world.draft(await world.account());
  const closed = by(world, world.operator);
  const lapsed = await world.flows.lapseFiling(closed, { filingId, version, comment: words });
  await isAudited(world, 'FilingClosedByOperator', words);
  const seen = { filingId, version: lapsed.version };
  await world.flows.reopenFiling(by(world, world.operator), { ...seen, comment: words });
  await isAudited(world, 'FilingReopened', words);
  return ['lapseFiling.comment', 'reopenFiling.comment'];
}

async function reopenLapsed(world: RuleWorld, { words }: Given) {
  await world.draft(await world.account());
  const from = new Date(world.clock.nowMs).toISOString();
  world.clock.nowMs += 400 * 86_400_000;
  expect(await sweepOverdue(world.deps, failTest)).toBeGreaterThan(0);
  const within = { from, to: new Date(world.clock.nowMs).toISOString() };
  const call = by(world, world.operator);
  const { reopened } = await world.flows.reopenLapsedFilings(call, { ...within, comment: words });
  expect(reopened).toBeGreaterThan(0);
  await isAudited(world, 'FilingReopened', words);
  return ['reopenLapsedFilings.comment'];
}

async function recallAndReturn(world: RuleWorld, { words }: Given) {
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  const passed = await world.pass(await world.submit(await world.bind(await world.draft(account), { resourceId })));
  const { filingId, version } = passed;
  const seen = { filingId, version };
  const recalled = await world.flows.recallFiling(by(world, world.operator), { ...seen, comment: words });
  expect(recalled.findings[0]?.message.zh).toContain(words);
  const again = await world.submit({ ...passed, version: recalled.version });
  const reasons = [{ field: 'service.name', reasonId: 'service.name_too_general', comment: words }];
  const back = { filingId, version: again.version, reasons };
  const { findings } = await world.flows.returnFiling(by(world, world.reviewer), back);
  expect(findings[0]?.message.zh).toContain(words);
  const own = await world.flows.getFiling({ actor: world.call(account).actor }, { filingId });
  expect(own.filing.findings[0]?.message.en).toContain(words);
  return ['recallFiling.comment', 'returnFiling.reasons[].comment'];
}

async function rejectByHand(world: RuleWorld, { words }: Given) {
  const { flows, handOver } = worldByHand(world);
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  const { filingId } = await world.pass(
    await world.submit(await world.bind(await world.draft(account), { resourceId })),
  );
  await handOver();
  const { filing } = await flows.getFiling({ actor: world.operator }, { filingId });
  const result = { kind: 'rejected', reasons: [{ field: 'service.name', text: words }] } as const;
  const entered = { filingId, version: filing.version, result };
  const { findings } = await flows.enterAuthorityResult(by(world, world.operator), entered);
  expect(findings[0]?.message.zh).toContain(words);
  return ['enterAuthorityResult.result.reasons[].text'];
}

async function verify(world: RuleWorld, { words }: Given) {
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  const submitted = await world.submit(await world.bind(await world.draft(account), { resourceId }));
  const { filingId, version } = submitted;
  const decision = { role: 'service_principal', way: 'sheet', outcome: 'failed', reason: 'other' } as const;
  const decided = { filingId, version, ...decision, comment: words };
  await world.flows.decideVerification(by(world, world.reviewer), decided);
  const own = await world.flows.getVerification({ actor: world.call(account).actor }, { filingId });
  expect(own.persons[0]?.comment).toBe(words);
  return ['decideVerification.comment'];
}

async function ask(world: RuleWorld, { words }: Given) {
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  const submitted = await world.submit(await world.bind(await world.draft(account), { resourceId }));
  const { filingId, version } = submitted;
  const reasons = [{ field: 'service.name', reasonId: 'service.name_too_general', comment: words }];
  await world.flows.askFiling(by(world, world.reviewer), { filingId, version, reasons });
  const own = await world.flows.getFiling({ actor: world.call(account).actor }, { filingId });
  expect(own.filing.findings[0]?.message.en).toContain(words);
  return ['askFiling.reasons[].comment'];
}

async function revealForm(world: RuleWorld, { words }: Given) {
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  const { filingId } = await world.submit(await world.bind(await world.draft(account), { resourceId }));
  await world.flows.claimFiling(by(world, world.reviewer), { filingId });
  const look = { filingId, because: 'review', reason: words } as const;
  await world.flows.revealFilingForm(by(world, world.reviewer), look);
  await isAudited(world, 'FormRevealed', words);
  return ['revealFilingForm.reason'];
}

async function cancel(world: RuleWorld, { words }: Given) {
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  const { serviceNumber } = await world.filed(account, { resourceId });
  const input = { scope: 'service', number: serviceNumber, reason: words } as const;
  await world.flows.cancelRecord(by(world, world.operator), input);
  await isAudited(world, 'RecordCancelled', words);
  return ['cancelRecord.reason'];
}

async function seeDifference(world: RuleWorld, { words }: Given) {
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  const desk = fictionalDesk();
  const { authorityDesk } = world.deps;
  // The flows read this very object.
  Object.assign(world.deps, { authorityDesk: desk });
  const differenceId = await differingRecord(world, await world.filed(account, { resourceId }), { desk });
  const act = { repair: 'seen', reason: words } as const;
  await world.flows.repairDifference(by(world, world.operator), { differenceId, act });
  Object.assign(world.deps, { authorityDesk });
  await isAudited(world, 'DifferenceRepaired', words);
  return ['repairDifference.act.reason'];
}

async function seeCases(world: RuleWorld, { words }: Given) {
  const { authorityDesk } = world.deps;
  // The flows read this very object.
  Object.assign(world.deps, { authorityDesk: fictionalDesk() });
  const input = { caseIds: [await keptCase(world)], reason: words };
  await world.flows.settleAuthorityCases(by(world, world.operator), input);
  Object.assign(world.deps, { authorityDesk });
  await isAudited(world, 'AuthorityCaseSettled', words);
  return ['settleAuthorityCases.reason'];
}

async function demand(world: RuleWorld, { words }: Given) {
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  const { serviceNumber } = await world.filed(account, { resourceId });
  const items = [{ field: 'service.name', comment: words }];
  const input = { serviceNumber, demandedBy: 'provider', items } as const;
  const { findings } = await world.flows.demandCorrection(by(world, world.operator), input);
  expect(findings[0]?.message.zh).toContain(words);
  const { demands } = await world.flows.listDemands({ actor: world.call(account).actor }, { limit: 5 });
  expect(demands[0]?.findings[0]?.message.en).toContain(words);
  const { filing } = await world.flows.startRecordFiling(world.call(account), {
    number: serviceNumber,
    wants: 'change',
  });
  expect(filing.findings[0]?.message.zh).toContain(words);
  return ['demandCorrection.items[].comment'];
}

async function beginSupport(world: RuleWorld, { account, words }: Given) {
  const now = world.deps.people.wall.now();
  const [userId, sessionId] = [world.fresh('usr'), world.fresh('ses')];
  const expiresAt = new Date(Date.parse(now) + 3_600_000).toISOString();
  await world.deps.store.transaction(async (tx) => {
    const who = { id: userId, login: userId, displayName: '陈', role: 'operator', accountId: null } as const;
    await tx.people.insert({ ...who, sealedMail: null }, now);
    const times = { createdAt: now, lastSeenAt: now, expiresAt };
    const row = { id: sessionId, userId, token: world.fresh('token'), ...times, device: '', secondFactorDue: false };
    await tx.signIns.insertSession({ ...row, openedBy: 'password' }, 20);
  });
  const actor: Actor = { userId, role: 'operator', accountId: null, source: { address: '192.0.2.1', sessionId } };
  const begun = await world.flows.beginSupportAccess(by(world, actor), {
    accountId: account,
    reason: words,
    minutes: 30,
  });
  expect(begun.reason).toBe(words);
  const seen = await world.flows.listSupportAccesses({ actor: world.call(account).actor }, { limit: 5 });
  expect(seen.accesses[0]?.reason).toBe(words);
  return ['beginSupportAccess.reason'];
}
