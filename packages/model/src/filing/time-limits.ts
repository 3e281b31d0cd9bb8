import { z } from 'zod';
import { addDays, type Day, lastDayOf, startOfDay } from '../calendar/index.ts';
import { type FilingState, filingStates, openFilingStates } from './lifecycle/states.ts';

const day = z.iso.date();

const timeLimitShape = z
  .strictObject({
    /** The states that it is for. */
    states: z.array(z.enum(openFilingStates)).min(1),
    amount: z.int().positive(),
    unit: z.enum(['days', 'working_days', 'hours']),
    /** When its customer is reminded: so many units after the state began, the earliest first. */
    remindAfter: z.array(z.int().positive()).default([]),
    /** The days on which a state begins for which it is; unless said, from ever and for ever. */
    validFrom: day.optional(),
    validTo: day.optional(),
    source: z.string().min(1),
    asOf: day.nullable(),
  })
  .superRefine(({ amount, unit, remindAfter }, context) => {
    const isRising = remindAfter.every((one, index) => one < (remindAfter[index + 1] ?? amount));
    if (isRising && (unit !== 'working_days' || remindAfter.length === 0)) return;
    const params = {
      zh: `应由小到大，均小于 ${amount}；按工作日计的不提醒`,
      en: `expected rising numbers below ${amount}, and none for working days`,
    };
    context.addIssue({ code: 'custom', path: ['remindAfter'], params });
  });

/** How long a filing may wait in a state. */
export type TimeLimit = z.output<typeof timeLimitShape>;

const isForDay = ({ validFrom, validTo }: TimeLimit, on: Day): boolean =>
  (validFrom === undefined || validFrom <= on) && (validTo === undefined || on <= validTo);

/** `policies/desk.yaml`: on every day each state in which a filing waits has exactly one. */
export const timeLimitsShape = z.array(timeLimitShape).superRefine((limits, context) => {
  const turns = limits.flatMap(({ validFrom, validTo }) => [validFrom, validTo && addDays(validTo, 1)]);
  const days = ['1970-01-01', ...turns.filter((one) => one !== undefined)];
  for (const state of openFilingStates) {
    const wrong = days.find(
      (on) => limits.filter((one) => one.states.includes(state) && isForDay(one, on)).length !== 1,
    );
    if (wrong === undefined) continue;
    const params = {
      zh: `${state} 在 ${wrong} 应有且只有一个时限`,
      en: `expected exactly one limit of ${state} on ${wrong}`,
    };
    context.addIssue({ code: 'custom', path: [], params });
  }
});

/** The limit of a state that begins on that day; null where nobody is waited for. */
export function timeLimitOf(limits: readonly TimeLimit[], state: FilingState, on: Day): TimeLimit | null {
  if (filingStates[state].owner === 'nobody') return null;
  const found = limits.find((one) => one.states.some((named) => named === state) && isForDay(one, on));
  if (found === undefined) throw new Error(`no time limit for ${state} on ${on}`);
  return found;
}

const hourMs = 3_600_000;
/** Reminders of days go out in the morning. */
const morningHour = 9;

/** When reminders are due of what is due at `dueAt`, the earliest first, as UTC instants. */
export function remindersOf({ amount, unit, remindAfter }: TimeLimit, dueAt: string): readonly string[] {
  return remindAfter.map((after) => {
    const left = amount - after;
    if (unit === 'hours') return new Date(Date.parse(dueAt) - left * hourMs).toISOString();
    return morningOf(addDays(lastDayOf(dueAt), -left));
  });
}

/** So many days before the end of that day, each in the morning. */
export const remindersBefore = (dueOn: Day, daysBefore: readonly number[]): readonly string[] =>
  daysBefore.map((days) => morningOf(addDays(dueOn, -days))).sort();

/** Of a demanded correction: so many days before its day is over, and when it is over. */
export const demandReminders = (dueOn: Day, daysBefore: readonly number[]): readonly string[] => [
  ...remindersBefore(dueOn, daysBefore),
  startOfDay(addDays(dueOn, 1)),
];

/** The first of them that is still to come; null: none is. */
export const nextOf = (instants: readonly string[], at: string): string | null =>
  instants.find((one) => Date.parse(one) > Date.parse(at)) ?? null;

const morningOf = (on: Day): string => new Date(Date.parse(startOfDay(on)) + morningHour * hourMs).toISOString();
