import type { CheckReport, Decision, UseDecision } from './check.ts';
import type { Reason } from './explain/explain.ts';

/** A reason by its place in the list of reasons. */
interface ReasonRef {
  readonly code: Reason['code'];
  readonly ref: number;
}

type Shared<Use extends UseDecision> = Omit<Use, 'reasons'> & { readonly reasons: readonly ReasonRef[] };

/** A report that lists each reason once. */
export interface SharedReport extends Omit<CheckReport, 'results'> {
  readonly results: readonly (Omit<Decision, 'file' | 'issue'> & {
    readonly file: Shared<UseDecision>;
    readonly issue: Shared<UseDecision>;
  })[];
  /** In the order in which the results first name them. */
  readonly reasons: readonly Omit<Reason, 'key'>[];
}

/** Lists each reason once: a fleet of one kind has the same few reasons over and over. */
export function shareReasons({ at, results }: CheckReport): SharedReport {
  const reasons: Omit<Reason, 'key'>[] = [];
  const known = new Map<string, number>();
  const refOf = (reason: Reason): ReasonRef => {
    const { code, message, remedy, source } = reason;
    // Both languages, and the day, are made of the same facts.
    const key = `${code}\n${message.en}\n${remedy.action}\n${remedy.en}\n${remedy.before}\n${source}`;
    let ref = known.get(key);
    if (ref === undefined) {
      ref = reasons.push({ code, message, remedy, source }) - 1;
      known.set(key, ref);
    }
    return { code, ref };
  };
  const shared = (use: UseDecision) => ({ ...use, reasons: use.reasons.map(refOf) });
  return {
    at,
    results: results.map((one) => ({ ...one, file: shared(one.file), issue: shared(one.issue) })),
    reasons,
  };
}
