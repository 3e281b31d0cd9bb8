import { byGateReason, type GateReason, gateReasons } from '@openbeian/model/gate';

/** Counts the decisions of one thread. */
export interface DecisionTally {
  /** One decision and the time it took. */
  countDecision(reason: GateReason, tookMs: number): void;
  /** A request that passed as a certificate's validation only. */
  countChallenge(): void;
}

/** The counts of all threads. */
export interface TallySum {
  readonly decisions: readonly { readonly outcome: string; readonly reason: GateReason; readonly count: number }[];
  /** Decisions up to each of `decisionBucketsMs`, and above the last. */
  readonly times: readonly number[];
  readonly timeMs: number;
  readonly challenges: number;
}

/** Upper ends of the histogram of decisions, in milliseconds: from one microsecond to one that was held up. */
export const decisionBucketsMs = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5] as const;

/*
 * Counted in plain numbers and handed over when somebody reads: a labelled counter costs more than a decision. Each thread writes
 * to numbers of its own, which the main thread reads.
 */
const reasons = Object.values(byGateReason((reason) => reason));
const placeOf = byGateReason((reason) => reasons.indexOf(reason));
const firstTime = reasons.length;
const timeMs = firstTime + decisionBucketsMs.length + 1;
const challenges = timeMs + 1;

/** Memory for the counts of one thread. */
export function newTally(): SharedArrayBuffer {
  return new SharedArrayBuffer(8 * (challenges + 1));
}

/** Counts into that memory; one thread does. */
export function tallyInto(memory: SharedArrayBuffer): DecisionTally {
  const counts = new Float64Array(memory);
  const add = (place: number, value: number) => {
    counts[place] = (counts[place] as number) + value;
  };
  return {
    countDecision(reason, tookMs) {
      add(placeOf[reason], 1);
      let bucket = 0;
      while (bucket < decisionBucketsMs.length && tookMs > (decisionBucketsMs[bucket] as number)) bucket++;
      add(firstTime + bucket, 1);
      add(timeMs, tookMs);
    },
    countChallenge: () => add(challenges, 1),
  };
}

/** What all of them have counted by now. */
export function sumOf(memories: readonly SharedArrayBuffer[]): TallySum {
  const sums = Array.from({ length: challenges + 1 }, () => 0);
  for (const memory of memories) {
    new Float64Array(memory).forEach((value, place) => {
      sums[place] = (sums[place] as number) + value;
    });
  }
  const at = (place: number) => sums[place] as number;
  return {
    decisions: reasons.map((reason, place) => ({ outcome: gateReasons[reason], reason, count: at(place) })),
    times: sums.slice(firstTime, timeMs),
    timeMs: at(timeMs),
    challenges: at(challenges),
  };
}
