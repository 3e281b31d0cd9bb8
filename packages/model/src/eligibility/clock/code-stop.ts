import { addDays, type Day } from '@openbeian/model/calendar';
import type { Policy } from '../decide/policy-set.ts';
import type { Resource } from '../inventory.ts';
import { type CodeDates, codeValidity, goodUntil, lastDayOfCode } from './clock.ts';

/**
 * The first day on which a code of this resource cannot be used any more, with nothing renewed; it may lie in the past.
 * Null where no clock runs against it, or where it is not valid anyhow: then it is suspended for other reasons.
 */
export function codeStopsOn(resource: Resource, policy: Policy | null, at: Day, own: CodeDates): Day | null {
  if (policy === null) return null;
  const ends = [goodUntil(resource, policy), lastDayOfCode(policy, own.issuedOn)].filter((day) => day !== null).sort();
  const last = ends[0];
  if (last === undefined) return null;
  const { valid } = codeValidity(resource, policy, last < at ? last : at, own);
  return valid ? addDays(last, 1) : null;
}

/** Days before the stop on which a notice goes out. */
export const stopNoticeDays = [30, 14, 7, 1] as const;

/** The notice that is due with so many days left: of those that were missed only the nearest; null: none yet. */
export function dueStopNotice(daysLeft: number): number | null {
  return [...stopNoticeDays].reverse().find((days) => daysLeft <= days) ?? null;
}

/** The day of the first notice, or of the next one after `given`; after the last one it is the stop day itself. */
export function nextStopNotice(stopsOn: Day, given: number | null): Day {
  const next = stopNoticeDays.find((days) => given === null || days < given) ?? 0;
  return addDays(stopsOn, -next);
}
