import { addDays, addWorkingDays, dayOf, startOfDay, type WorkingCalendar } from '@openbeian/model/calendar';
import { type FilingState, nextOf, remindersOf, timeLimitOf } from '@openbeian/model/filing';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';

type Limits = Pick<FlowDeps, 'calendar' | 'desk'>;

const hourMs = 3_600_000;

/**
 * When a state entered at `at` must have ended: hours run on the clock, days end at the end of the last day in
 * Asia/Shanghai. `provisional` when the days cross a year whose holidays are not announced.
 */
export function dueOf(
  state: FilingState,
  at: string,
  { calendar, desk }: Limits,
): { readonly dueAt: string | null; readonly provisional: boolean } {
  const limit = timeLimitOf(desk.timeLimits, state, dayOf(at));
  if (limit === null) return { dueAt: null, provisional: false };
  if (limit.unit === 'hours') {
    return { dueAt: new Date(Date.parse(at) + limit.amount * hourMs).toISOString(), provisional: false };
  }
  if (limit.unit === 'days') return { dueAt: endOf(addDays(dayOf(at), limit.amount)), provisional: false };
  const { day, provisional } = addWorkingDays(dayOf(at), limit.amount, calendar);
  return { dueAt: endOf(day), provisional };
}

/** When the time is over that a customer has for what is asked during a review. */
export const askDueAt = (at: string, workingDays: number, calendar: WorkingCalendar): string =>
  endOf(addWorkingDays(dayOf(at), workingDays, calendar).day);

/** When a draft lapses that nobody has filled in: at the end of that day. Once it is filled in, the state's own limit counts. */
export const emptyDraftDueAt = (at: string, emptyDays: number): string => endOf(addDays(dayOf(at), emptyDays));

/** What filling in a draft changes of its due date. */
export function dueOfFilledIn(
  { state, startedAt }: { readonly state: FilingState; readonly startedAt: string },
  deps: Limits,
): { readonly dueAt?: string | null } {
  return state === 'draft' ? { dueAt: dueOf(state, startedAt, deps).dueAt } : {};
}

/** The instant at which a day in Asia/Shanghai is over. */
export const endOf = (day: string): string => startOfDay(addDays(day, 1));

/** From now on its customer is reminded by the limit of that state. */
export async function setReminder(
  { deps: { desk }, tx, at }: Pick<Step, 'deps' | 'tx' | 'at'>,
  { id: itemId, state, dueAt }: { readonly id: string; readonly state: FilingState; readonly dueAt: string | null },
): Promise<void> {
  const limit = timeLimitOf(desk.timeLimits, state, dayOf(at));
  const next = limit === null || dueAt === null ? null : nextOf(remindersOf(limit, dueAt), at);
  await tx.reminders.put({ kind: 'filing', itemId }, next);
}
