import { Fault } from '@openbeian/model/fault';
import type { Finding } from '@openbeian/model/forms';
import type { FilingRow, StoreTransaction } from '../ports/index.ts';
import { deskOfResource } from './account-desk.ts';
import { filingSeen } from './advance-filing.ts';
import type { Actor, CommandCall } from './call.ts';
import type { CodeReason } from './code-reasons.ts';
import type { FlowDeps } from './deps.ts';
import { isEditable } from './filing-form.ts';
import { type FilingView, filingViewOf } from './filing-view.ts';
import { ownAccount } from './permission.ts';
import { runCommand } from './run-command.ts';
import { examineCode, standingReasons } from './verify-code.ts';

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
  if (file.outcome !== 'eligible') throw new Fault('resource.not_eligible', { reasons: file.reasons });
  const { ledger, capacity } = desk.ledgerOf(row, 'file');
  await tx.quota.put(ledger.ledgerKey, capacity, at);
  const spendId = deps.ids.next('spd');
  const spend = { spendId, ledgerKey: ledger.ledgerKey, filingId: filing.id, at };
  if (!(await tx.quota.spendDirect(spend))) throw new Fault('quota.exhausted');
  await note(tx, actor, filing, 'ResourceBound', { resourceId }, at);
  return { codeId: null, resourceId, spendId };
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
      if (reusable === false) await tx.codes.revoke(code.id, at);
    }
  } else if (filing.spendId !== null) {
    await tx.quota.returnSpend(filing.spendId, at);
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
