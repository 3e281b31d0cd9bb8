import { addDays, addWorkingDays, dayOf, startOfDay, type WorkingCalendar } from '@openbeian/model/calendar';
import { type FilingState, type FilingStateFacts, filingStates } from '@openbeian/model/filing';

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

/** When the time is over that a customer has for what is asked during a review. */
export const askDueAt = (at: string, workingDays: number, calendar: WorkingCalendar): string =>
  endOf(addWorkingDays(dayOf(at), workingDays, calendar).day);

/** When a draft lapses that nobody has filled in: at the end of that day. Once it is filled in, the state's own limit counts. */
export const emptyDraftDueAt = (at: string, emptyDays: number): string => endOf(addDays(dayOf(at), emptyDays));

/** What filling in a draft changes of its due date. */
export function dueOfFilledIn(
  { state, startedAt }: { readonly state: FilingState; readonly startedAt: string },
  calendar: WorkingCalendar,
): { readonly dueAt?: string | null } {
  return state === 'draft' ? { dueAt: dueOf(state, startedAt, calendar).dueAt } : {};
}

/** The instant at which a day in Asia/Shanghai is over. */
export const endOf = (day: string): string => startOfDay(addDays(day, 1));
