import { Fault } from '@openbeian/model/fault';
import { checkForm } from '@openbeian/model/forms';
import type { FilingRow, StoreTransaction } from '../../ports/index.ts';
import type { Actor, CommandCall, QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { maySee, ownAccount, seen } from '../command/permission.ts';
import { runCommand } from '../command/run-command.ts';
import { advanceFiling, filingSeen } from './advance-filing.ts';
import { eventViewOf, type FilingView, filingViewOf } from './filing-view.ts';
import { checkContextOf, openValues } from './form-values.ts';
import { judgeHolding, releaseHolding } from './holding.ts';

export interface StepInput {
  readonly filingId: string;
  /** The version that the caller has seen. */
  readonly version: number;
}

/** A step of one filing: locked, guarded by the version seen, done once per idempotency key. */
export function stepFiling(
  deps: FlowDeps,
  call: CommandCall,
  operation: string,
  input: StepInput,
  take: (tx: StoreTransaction, filing: FilingRow, at: string) => Promise<FilingRow>,
): Promise<FilingView> {
  return runCommand(deps, call, operation, input, async (tx, at) => {
    const filing = await filingSeen(tx, input.filingId, input.version, (one) => maySee(call.actor, one.accountId));
    return filingViewOf(deps, await take(tx, filing, at), call.actor);
  });
}

/**
 * Submits for review, after the pre-check and after judging the resource or code again.
 * @throws Fault `filing.form_incomplete` with findings, `filing.resource_missing`, `resource.not_eligible`,
 * `code.not_usable`, `filing.wrong_state`, `object.changed`, `object.not_found`.
 */
export function submitFiling(deps: FlowDeps, call: CommandCall, input: StepInput): Promise<FilingView> {
  ownAccount(call.actor);
  return stepFiling(deps, call, 'submitFiling', input, async (tx, filing, at) => {
    const findings = checkForm(openValues(deps, filing.id, filing.form), checkContextOf(deps, filing, at));
    if (findings.length > 0) throw new Fault('filing.form_incomplete', { findings });
    const reasons = await judgeHolding(deps, tx, filing, at);
    if (reasons.length > 0)
      throw new Fault(filing.codeId === null ? 'resource.not_eligible' : 'code.not_usable', { reasons });
    const change = { submittedBy: call.actor.userId, findings: [] };
    return advanceFiling(deps, tx, call.actor, filing, 'submit', at, { change });
  });
}

/** Back to editing while the review has not ended. */
export function withdrawFiling(deps: FlowDeps, call: CommandCall, input: StepInput): Promise<FilingView> {
  ownAccount(call.actor);
  return stepFiling(deps, call, 'withdrawFiling', input, (tx, filing, at) =>
    advanceFiling(deps, tx, call.actor, filing, 'withdraw', at),
  );
}

/** Gives the filing up: code or slot comes back, the name and the subject are free again. */
export function abandonFiling(deps: FlowDeps, call: CommandCall, input: StepInput): Promise<FilingView> {
  ownAccount(call.actor);
  return stepFiling(deps, call, 'abandonFiling', input, (tx, filing, at) =>
    endFiling(deps, tx, call.actor, filing, 'abandon', at),
  );
}

/** The one way in which an open filing ends without a number. */
export async function endFiling(
  deps: FlowDeps,
  tx: StoreTransaction,
  actor: Actor,
  filing: FilingRow,
  action: 'abandon' | 'lapse',
  at: string,
): Promise<FilingRow> {
  const ended = await advanceFiling(deps, tx, actor, filing, action, at);
  await releaseHolding(deps, tx, actor, filing, at, 'ended');
  await endGrace(tx, filing, at);
  return ended;
}

/** An access filing that passed review is served in advance; that ends with the filing. */
export async function endGrace(tx: StoreTransaction, filing: FilingRow, at: string): Promise<void> {
  if (filing.kind !== 'access' || filing.serviceNumber === null) return;
  await tx.records.putGrace({
    domainName: filing.domainName,
    number: filing.serviceNumber,
    filingId: filing.id,
    until: null,
    at,
  });
}

export async function getFiling(deps: FlowDeps, call: QueryCall, input: { readonly filingId: string }) {
  return deps.store.transaction(async (tx) => {
    const filing = seen(await tx.filings.find(input.filingId), call.actor, (one) => [one.accountId]);
    const events = await tx.filings.listEvents(filing.id);
    return {
      filing: filingViewOf(deps, filing, call.actor),
      events: events.map(eventViewOf),
      smsPageUrl: filing.state === 'awaiting_sms' ? deps.smsPageUrl : null,
    };
  });
}

const listLimit = 200;

/** A customer's filings, or everybody's for the provider's people; the one due first comes first. */
export async function listFilings(
  deps: FlowDeps,
  call: QueryCall,
  input: { readonly state?: FilingRow['state'] | undefined },
) {
  return deps.store.transaction(async (tx) => {
    const filings = await tx.filings.list({
      ...(call.actor.role === 'customer' ? { accountId: ownAccount(call.actor) } : {}),
      ...(input.state === undefined ? {} : { states: [input.state] }),
      limit: listLimit,
    });
    return { filings: filings.map((filing) => filingViewOf(deps, filing, call.actor)) };
  });
}
