import { addDays, addPeriod, type Day, parsePeriod } from '@openbeian/model/calendar';
import type { Term } from './reason.ts';

/** Reads the `atLeast`/`moreThan` of a condition; the schema guarantees exactly one. */
export function termOf(condition: { atLeast?: string | undefined; moreThan?: string | undefined }): Term {
  const strict = condition.moreThan !== undefined;
  return { period: parsePeriod(condition.moreThan ?? condition.atLeast ?? ''), strict };
}

/** The first day on which a term that starts on `start` is long enough to end (inclusive unless strict). */
export function earliestEnd(start: Day, term: Term): Day {
  const end = addPeriod(start, term.period);
  return term.strict ? addDays(end, 1) : end;
}

/**
 * The last day from which a term still fits before `end`: `earliestEnd(day) <= end` and no later day does.
 * Month ends make several days share one end (29 and 30 November + 3 months are both 28 February), hence the walk.
 */
export function latestStart(end: Day, term: Term): Day {
  let day = addPeriod(end, term.period, -1);
  while (earliestEnd(day, term) > end) day = addDays(day, -1);
  while (earliestEnd(addDays(day, 1), term) <= end) day = addDays(day, 1);
  return day;
}
