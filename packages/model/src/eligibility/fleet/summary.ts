import type { Day } from '@openbeian/model/calendar';
import type { QuotaUse } from '@openbeian/model/quota';
import type { InventoryContext } from '../decide/context.ts';
import { outcomeOfSet, reasonsIn } from '../decide/reason-set.ts';
import { survey } from '../decide/survey.ts';
import type { Resource } from '../inventory.ts';
import { type Outcome, outcomes, type ReasonCode, reasonCodes } from '../reason.ts';

/** How many resources have each outcome, and each reason, for one use. */
export interface UseSummary {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Only reasons that occur, in the order of the contract; a resource counts once for each of its reasons. */
  readonly reasons: readonly { readonly code: ReasonCode; readonly resources: number }[];
}

/** A fleet on one day, in numbers. */
export interface FleetSummary {
  readonly at: Day;
  readonly resources: number;
  readonly file: UseSummary;
  readonly issue: UseSummary;
}

/** Decides all resources on a day and counts; every one must be in the context's inventory. Makes no texts. */
export function summarize(resources: readonly Resource[], context: InventoryContext, at: Day): FleetSummary {
  const sets = new Uint32Array(resources.length * 2);
  survey(context, at).all(resources, sets);
  return { at, resources: resources.length, file: countedOf('file', sets), issue: countedOf('issue', sets) };
}

/** One summary of several parts of a fleet on the same day. */
export function addSummaries(at: Day, parts: readonly FleetSummary[]): FleetSummary {
  const added = (use: QuotaUse): UseSummary => ({
    outcomes: outcomeCounts((outcome) => sumOf(parts, (part) => part[use].outcomes[outcome])),
    reasons: reasonCounts((code) =>
      sumOf(parts, (part) => part[use].reasons.find((it) => it.code === code)?.resources ?? 0),
    ),
  });
  return { at, resources: sumOf(parts, (part) => part.resources), file: added('file'), issue: added('issue') };
}

/** A fleet has few different sets of reasons: they are counted first, and only then taken apart. */
function countedOf(use: QuotaUse, sets: Uint32Array): UseSummary {
  const times = new Map<number, number>();
  for (let index = use === 'file' ? 0 : 1; index < sets.length; index += 2) {
    const set = sets[index] ?? 0;
    times.set(set, (times.get(set) ?? 0) + 1);
  }
  const entries = [...times].map(([set, count]) => ({ outcome: outcomeOfSet(set), codes: reasonsIn(set), count }));
  return {
    outcomes: outcomeCounts((outcome) => sumOf(entries, (it) => (it.outcome === outcome ? it.count : 0))),
    reasons: reasonCounts((code) => sumOf(entries, (it) => (it.codes.includes(code) ? it.count : 0))),
  };
}

function outcomeCounts(countOf: (outcome: Outcome) => number): Record<Outcome, number> {
  // Every outcome gets its count.
  return Object.fromEntries(outcomes.map((outcome) => [outcome, countOf(outcome)])) as Record<Outcome, number>;
}

function reasonCounts(countOf: (code: ReasonCode) => number): UseSummary['reasons'] {
  return reasonCodes.map((code) => ({ code, resources: countOf(code) })).filter(({ resources }) => resources > 0);
}

function sumOf<T>(list: readonly T[], countOf: (item: T) => number): number {
  return list.reduce((sum, item) => sum + countOf(item), 0);
}
