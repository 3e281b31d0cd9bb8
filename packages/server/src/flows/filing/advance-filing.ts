import { addDays, addWorkingDays, dayOf, startOfDay, type WorkingCalendar } from '@openbeian/model/calendar';
import { Fault } from '@openbeian/model/fault';
import {
  eventOfAction,
  type FilingAction,
  type FilingState,
  type FilingStateFacts,
  filingStates,
  stateAfter,
} from '@openbeian/model/filing';
import type { FilingChange, FilingRow, StoreTransaction } from '../../ports/index.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { Actor } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';

const hourMs = 3_600_000;

/**
 * When a state entered at `at` must have ended: hours run on the clock, days end at the end of the last day in
 * Asia/Shanghai. `provisional` when the days cross a year whose holidays are not announced.
 */
export function dueOf(
  state: FilingState,
  at: string,
  calendar: WorkingCalendar,
): { readonly dueAt: string | null; readonly provisional: boolean } {
  const { limit }: FilingStateFacts = filingStates[state];
  if (limit === null) return { dueAt: null, provisional: false };
  if (limit.unit === 'hours') {
    return { dueAt: new Date(Date.parse(at) + limit.amount * hourMs).toISOString(), provisional: false };
  }
  if (limit.unit === 'days') return { dueAt: endOf(addDays(dayOf(at), limit.amount)), provisional: false };
  const { day, provisional } = addWorkingDays(dayOf(at), limit.amount, calendar);
  return { dueAt: endOf(day), provisional };
}

const endOf = (day: string): string => startOfDay(addDays(day, 1));

/**
 * Takes one step of the filing's table: guarded write, event, audit row.
 * @param version the version that the caller has seen, where a person decided on it.
 * @throws Fault `filing.wrong_state` when the table has no such step, `object.changed` when another write was faster.
 */
export async function advanceFiling(
  deps: FlowDeps,
  tx: StoreTransaction,
  actor: Actor,
  filing: FilingRow,
  action: FilingAction,
  at: string,
  options: { readonly change?: FilingChange; readonly detail?: unknown } = {},
): Promise<FilingRow> {
  const state = stateAfter(filing.state, action);
  if (state === null) throw new Fault('filing.wrong_state');
  const change: FilingChange = { dueAt: dueOf(state, at, deps.calendar).dueAt, ...options.change };
  if (!(await tx.filings.update(filing.id, filing.version, state, change, at))) throw new Fault('object.changed');
  const type = eventOfAction[action];
  const detail = options.detail ?? {};
  await tx.filings.appendEvent(filing.id, { at, actorId: actor.userId, actorRole: actor.role, type, detail });
  await tx.audit.append(auditFact(deps, actor, at, type, { kind: 'filing', id: filing.id }, detail));
  return { ...filing, ...change, state, version: filing.version + 1, updatedAt: at };
}

/** The filing, locked, as the caller has seen it. @throws Fault `object.not_found`, `object.changed`. */
export async function filingSeen(
  tx: StoreTransaction,
  filingId: string,
  version: number,
  allowed: (filing: FilingRow) => boolean,
): Promise<FilingRow> {
  const filing = await tx.filings.findForUpdate(filingId);
  if (filing === null || !allowed(filing)) throw new Fault('object.not_found');
  if (filing.version !== version) throw new Fault('object.changed');
  return filing;
}
