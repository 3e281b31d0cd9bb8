import { codeModeOf, type Resource } from '@openbeian/model/eligibility';
import { Fault } from '@openbeian/model/fault';
import type { FilingEventType } from '@openbeian/model/filing';
import type { Finding } from '@openbeian/model/forms';
import { type QuotaUse, subjectLedgerOf } from '@openbeian/model/quota';
import type { FilingRow, ResourceRow, StoreTransaction } from '../../ports/index.ts';
import { type CodeReason, pickReasons } from '../code/code-reasons.ts';
import { examineCode, standingReasons } from '../code/verify-code.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { Actor } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { recordFilingEvent } from '../command/events.ts';
import { command } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { type AccountDesk, deskOfResource } from '../resource/account-desk.ts';
import { filingSeen } from './advance-filing.ts';
import { isEditable } from './filing-form.ts';
import { filingViewOf } from './filing-view.ts';

/** What a filing holds while it is open: a code, or a direct slot on a resource. There is no filing without one. */
type Holding = Pick<FilingRow, 'resourceId' | 'codeId' | 'spendId'>;

/**
 * Ties a filing to a resource of the account, or to a filing code; what it held before is given back first.
 * @throws Fault `resource.not_eligible`, `quota.exhausted`, `code.not_usable` with all reasons; `filing.wrong_state`,
 * `object.changed`, `object.not_found`.
 */
export const bindFiling = command(
  {
    id: 'bindFiling',
    faults: [
      'object.not_found',
      'object.changed',
      'filing.wrong_state',
      'resource.not_eligible',
      'quota.exhausted',
      'code.not_usable',
      'code.wrong_state',
    ],
  },
  async (step, input: BindFilingInput) => {
    const { deps, tx, actor, at } = step;
    const account = ownAccount(actor);
    const filing = await filingSeen(tx, input.filingId, input.version, (one) => one.accountId === account);
    if (!isEditable(filing)) throw step.fault('filing.wrong_state');
    await releaseHolding(deps, tx, actor, filing, at);
    const change =
      'code' in input.with
        ? await bindCode(step, filing, input.with.code)
        : await bindResource(step, filing, input.with.resourceId);
    if (!(await tx.filings.update(filing.id, filing.version, filing.state, change, at)))
      throw step.fault('object.changed');
    return filingViewOf(deps, { ...filing, ...change, version: filing.version + 1, updatedAt: at }, actor);
  },
);

interface BindFilingInput {
  readonly filingId: string;
  readonly version: number;
  readonly with: { readonly resourceId: string } | { readonly code: string };
}

async function bindCode(
  step: Step<'code.not_usable' | 'code.wrong_state' | 'quota.exhausted'>,
  filing: FilingRow,
  text: string,
): Promise<Holding> {
  const { deps, tx, at } = step;
  const { reasons, code } = await examineCode(deps, tx, text, filing.accountId, filing.accountId, true);
  if (code === null || reasons.length > 0) throw step.fault('code.not_usable', { reasons });
  if (!(await tx.codes.bind(code.id, filing.id, at))) throw step.fault('code.wrong_state');
  const { desk, row } = await deskOfResource(deps, tx, code.resourceId, at);
  await spendOfSubject(step, { desk, row, use: 'issue' }, filing);
  await recordFilingEvent(step, filing.id, 'CodeBound', { codeId: code.id });
  return { codeId: code.id, resourceId: code.resourceId, spendId: null };
}

async function bindResource(
  step: Step<'object.not_found' | 'resource.not_eligible' | 'quota.exhausted'>,
  filing: FilingRow,
  resourceId: string,
): Promise<Holding> {
  const { deps, tx, at } = step;
  const { desk, row } = await deskOfResource(deps, tx, resourceId, at, true);
  if (row.accountId !== filing.accountId) throw step.fault('object.not_found');
  const { file } = desk.check(row, filing.accountId);
  const reasons: CodeReason[] = file.outcome === 'eligible' ? [] : [...file.reasons];
  const notPicked = await refusalOfPick(tx, desk, row);
  if (notPicked !== null) reasons.push(notPicked);
  if (reasons.length > 0) throw step.fault('resource.not_eligible', { reasons });
  const { ledger, capacity } = desk.ledgerOf(row, 'file');
  await tx.quota.put(ledger.ledgerKey, capacity, at);
  const spendId = deps.ids.next('spd');
  const spend = { spendId, ledgerKey: ledger.ledgerKey, filingId: filing.id, at };
  if (!(await tx.quota.spendDirect(spend))) throw step.fault('quota.exhausted');
  await spendOfSubject(step, { desk, row, use: 'file' }, filing);
  await recordFilingEvent(step, filing.id, 'ResourceBound', { resourceId });
  return { codeId: null, resourceId, spendId };
}

/** By the policy: picked at all, and still after codes were issued on it? */
async function refusalOfPick(tx: StoreTransaction, desk: AccountDesk, row: ResourceRow): Promise<CodeReason | null> {
  const policy = desk.policyOf(row);
  if (policy === null) return null;
  const [source = 'openbeian'] = policy.version.source;
  const mode = codeModeOf(policy.version);
  if (mode === 'code') return { ...pickReasons.code_required, source };
  if (mode !== 'exclusive') return null;
  const issued = (row.facts as Resource).used.codes > 0 || (await tx.codes.hasAny(row.id));
  return issued ? { ...pickReasons.codes_issued, source } : null;
}

/** Spends the place that a policy counts by subject, where it does. @throws Fault `quota.exhausted`. */
async function spendOfSubject(
  step: Step<'quota.exhausted'>,
  { desk, row, use }: { readonly desk: AccountDesk; readonly row: ResourceRow; readonly use: QuotaUse },
  filing: FilingRow,
): Promise<void> {
  const { deps, tx, at } = step;
  const policy = desk.policyOf(row);
  if (policy === null || subjectLedgerOf(use, '', policy.id, policy.version.quotas) === null) return;
  const holder = await tx.quota.holderOfSubject(filing.subjectHash, deps.ids.next('sbh'));
  const ledger = subjectLedgerOf(use, holder, policy.id, policy.version.quotas);
  if (ledger === null) return;
  const { ledgerKey, rule } = ledger;
  await tx.quota.put(ledgerKey, rule.limit, at);
  const spend = { spendId: deps.ids.next('spd'), ledgerKey, filingId: filing.id, at };
  if (await tx.quota.spendDirect(spend)) return;
  throw step.fault('quota.exhausted', {
    detail: {
      zh: `该主体在本产品最多备案 ${rule.limit} 个网站，已达上限。`,
      en: `One subject files at most ${rule.limit} sites on this product, and this one has.`,
    },
  });
}

/**
 * Gives back what the filing holds: its code becomes usable again (or, where the policy says that an abandoned code is
 * spent, is revoked), its direct slot returns.
 */
export async function releaseHolding(
  deps: FlowDeps,
  tx: StoreTransaction,
  actor: Actor,
  filing: FilingRow,
  at: string,
  cause: 'rebind' | 'ended' = 'rebind',
): Promise<void> {
  if (filing.codeId !== null) {
    const code = await tx.codes.find(filing.codeId);
    if (code === null || !(await tx.codes.release(filing.codeId, filing.id, at))) throw new Fault('code.wrong_state');
    await note(tx, actor, filing, 'CodeReleased', { codeId: filing.codeId }, at);
    if (cause === 'ended') {
      const { desk, row } = await deskOfResource(deps, tx, code.resourceId, at);
      const reusable = desk.policyOf(row)?.version.codes?.reusableAfterAbandon;
      if (reusable === false && (await tx.codes.revoke(code.id, at))) {
        const fact = auditFact(deps, actor, at, 'CodeRevoked', { kind: 'code', id: code.id }, { filingId: filing.id });
        await tx.audit.append(fact);
      }
    }
  }
  // The resource's place, and the subject's where one is counted.
  for (const { spendId } of await tx.quota.listLiveOfFiling(filing.id)) await tx.quota.returnSpend(spendId, at);
  if (filing.codeId === null && filing.spendId !== null) {
    await note(tx, actor, filing, 'QuotaReturned', { resourceId: filing.resourceId }, at);
  }
}

/** Judges the holding again, at submit and at hand-over: what it stands on may have lapsed meanwhile. */
export async function judgeHolding(
  deps: FlowDeps,
  tx: StoreTransaction,
  filing: FilingRow,
  at: string,
): Promise<CodeReason[]> {
  if (filing.codeId !== null) {
    const code = await tx.codes.find(filing.codeId);
    if (code === null) throw new Fault('object.not_found');
    return standingReasons(deps, tx, code, filing.id, true);
  }
  if (filing.resourceId === null) throw new Fault('filing.resource_missing');
  const { desk, row } = await deskOfResource(deps, tx, filing.resourceId, at, true);
  const { file } = desk.checkWithout(row, desk.ledgerOf(row, 'file').ledger.ledgerKey);
  return file.outcome === 'eligible' ? [] : [...file.reasons];
}

/** A reason about the resource or code as a finding of the filing. */
export const findingOfReason = (reason: CodeReason): Finding => ({
  field: null,
  rule: reason.code,
  message: reason.message,
  remedy: reason.remedy === null ? null : { zh: reason.remedy.zh, en: reason.remedy.en },
  source: reason.source,
  from: 'provider',
});

async function note(
  tx: StoreTransaction,
  actor: Actor,
  filing: FilingRow,
  type: FilingEventType,
  detail: unknown,
  at: string,
): Promise<void> {
  await tx.filings.appendEvent(filing.id, { at, actorId: actor.userId, actorRole: actor.role, type, detail });
}
