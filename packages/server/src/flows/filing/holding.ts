import { codeModeOf, type Resource } from '@openbeian/model/eligibility';
import { Fault } from '@openbeian/model/fault';
import type { Finding } from '@openbeian/model/forms';
import { type QuotaUse, subjectLedgerOf } from '@openbeian/model/quota';
import type { FilingRow, ResourceRow, StoreTransaction } from '../../ports/index.ts';
import { type CodeReason, pickReasons } from '../code/code-reasons.ts';
import { examineCode, standingReasons } from '../code/verify-code.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { Actor, CommandCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { ownAccount } from '../command/permission.ts';
import { runCommand } from '../command/run-command.ts';
import { type AccountDesk, deskOfResource } from '../resource/account-desk.ts';
import { filingSeen } from './advance-filing.ts';
import { isEditable } from './filing-form.ts';
import { type FilingView, filingViewOf } from './filing-view.ts';

/** What a filing holds while it is open: a code, or a direct slot on a resource. There is no filing without one. */
type Holding = Pick<FilingRow, 'resourceId' | 'codeId' | 'spendId'>;

/**
 * Ties a filing to a resource of the account, or to a filing code; what it held before is given back first.
 * @throws Fault `resource.not_eligible`, `quota.exhausted`, `code.not_usable` with all reasons; `filing.wrong_state`,
 * `object.changed`, `object.not_found`.
 */
export function bindFiling(
  deps: FlowDeps,
  call: CommandCall,
  input: {
    readonly filingId: string;
    readonly version: number;
    readonly with: { readonly resourceId: string } | { readonly code: string };
  },
): Promise<FilingView> {
  const account = ownAccount(call.actor);
  return runCommand(deps, call, 'bindFiling', input, async (tx, at) => {
    const filing = await filingSeen(tx, input.filingId, input.version, (one) => one.accountId === account);
    if (!isEditable(filing)) throw new Fault('filing.wrong_state');
    await releaseHolding(deps, tx, call.actor, filing, at);
    const change =
      'code' in input.with
        ? await bindCode(deps, tx, call.actor, filing, input.with.code, at)
        : await bindResource(deps, tx, call.actor, filing, input.with.resourceId, at);
    if (!(await tx.filings.update(filing.id, filing.version, filing.state, change, at)))
      throw new Fault('object.changed');
    return filingViewOf(deps, { ...filing, ...change, version: filing.version + 1, updatedAt: at }, call.actor);
  });
}

async function bindCode(
  deps: FlowDeps,
  tx: StoreTransaction,
  actor: Actor,
  filing: FilingRow,
  text: string,
  at: string,
): Promise<Holding> {
  const { reasons, code } = await examineCode(deps, tx, text, filing.accountId, filing.accountId, true);
  if (code === null || reasons.length > 0) throw new Fault('code.not_usable', { reasons });
  if (!(await tx.codes.bind(code.id, filing.id, at))) throw new Fault('code.wrong_state');
  const { desk, row } = await deskOfResource(deps, tx, code.resourceId, at);
  await spendOfSubject(deps, tx, desk, row, 'issue', filing, at);
  await note(tx, actor, filing, 'CodeBound', { codeId: code.id }, at);
  return { codeId: code.id, resourceId: code.resourceId, spendId: null };
}

async function bindResource(
  deps: FlowDeps,
  tx: StoreTransaction,
  actor: Actor,
  filing: FilingRow,
  resourceId: string,
  at: string,
): Promise<Holding> {
  const { desk, row } = await deskOfResource(deps, tx, resourceId, at, true);
  if (row.accountId !== filing.accountId) throw new Fault('object.not_found');
  const { file } = desk.check(row, filing.accountId);
  const reasons: CodeReason[] = file.outcome === 'eligible' ? [] : [...file.reasons];
  const notPicked = await refusalOfPick(tx, desk, row);
  if (notPicked !== null) reasons.push(notPicked);
  if (reasons.length > 0) throw new Fault('resource.not_eligible', { reasons });
  const { ledger, capacity } = desk.ledgerOf(row, 'file');
  await tx.quota.put(ledger.ledgerKey, capacity, at);
  const spendId = deps.ids.next('spd');
  const spend = { spendId, ledgerKey: ledger.ledgerKey, filingId: filing.id, at };
  if (!(await tx.quota.spendDirect(spend))) throw new Fault('quota.exhausted');
  await spendOfSubject(deps, tx, desk, row, 'file', filing, at);
  await note(tx, actor, filing, 'ResourceBound', { resourceId }, at);
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
  deps: FlowDeps,
  tx: StoreTransaction,
  desk: AccountDesk,
  row: ResourceRow,
  use: QuotaUse,
  filing: FilingRow,
  at: string,
): Promise<void> {
  const policy = desk.policyOf(row);
  if (policy === null || subjectLedgerOf(use, '', policy.id, policy.version.quotas) === null) return;
  const holder = await tx.quota.holderOfSubject(filing.subjectHash, deps.ids.next('sbh'));
  const ledger = subjectLedgerOf(use, holder, policy.id, policy.version.quotas);
  if (ledger === null) return;
  const { ledgerKey, rule } = ledger;
  await tx.quota.put(ledgerKey, rule.limit, at);
  const spend = { spendId: deps.ids.next('spd'), ledgerKey, filingId: filing.id, at };
  if (await tx.quota.spendDirect(spend)) return;
  throw new Fault('quota.exhausted', {
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
  type: string,
  detail: unknown,
  at: string,
): Promise<void> {
  await tx.filings.appendEvent(filing.id, { at, actorId: actor.userId, actorRole: actor.role, type, detail });
}
