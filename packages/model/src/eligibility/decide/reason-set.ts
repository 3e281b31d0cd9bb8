import { type Outcome, outcomeOf, type ReasonCode, reasonCodes } from '../reason.ts';

/** Reasons as bits, one for each code in the order of `reasonCodes`. */
export type ReasonSet = number;

const bitByCode = Object.fromEntries(reasonCodes.map((code, index) => [code, 1 << index])) as Readonly<
  Record<ReasonCode, number>
>;

/** The set that holds this reason alone. */
export function bitOf(code: ReasonCode): ReasonSet {
  return bitByCode[code];
}

/** The codes of a set, in the fixed order. */
export function reasonsIn(set: ReasonSet): ReasonCode[] {
  const codes: ReasonCode[] = [];
  // From the lowest bit on; bits that stand for no reason are passed over.
  for (let rest = set; rest !== 0; rest &= rest - 1) {
    const code = reasonCodes[31 - Math.clz32(rest & -rest)];
    if (code !== undefined) codes.push(code);
  }
  return codes;
}

const setOf = (outcome: Outcome) =>
  reasonCodes.filter((code) => outcomeOf[code] === outcome).reduce((set, code) => set | bitByCode[code], 0);
const notRequired = setOf('not_required');
const notApplicable = setOf('not_applicable');
const ineligible = setOf('ineligible');
const moot = notRequired | notApplicable | bitOf('resource.no_policy');
const missing = bitOf('resource.fact_missing');

/** The outcome that a set of reasons gives: the strongest of theirs. */
export function outcomeOfSet(set: ReasonSet): Outcome {
  if (set === 0) return 'eligible';
  if ((set & notRequired) !== 0) return 'not_required';
  if ((set & notApplicable) !== 0) return 'not_applicable';
  return (set & ineligible) !== 0 ? 'ineligible' : 'indeterminate';
}

/** Where no filing or code is in question, or no rule is known, nothing needs the fact that is missing. */
export function concluded(set: ReasonSet): ReasonSet {
  return (set & moot) === 0 ? set : set & ~missing;
}
