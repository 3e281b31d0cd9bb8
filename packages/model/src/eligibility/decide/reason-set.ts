import { type Outcome, outcomeOf, type ReasonCode, reasonCodes } from '../reason.ts';

/*
 * The bits of the reasons; no other file gives a bit a meaning. Only `resource.*` and `code.*` have one: findings about
 * provinces, filings and forms are lists of their own and never enter a set.
 */

/** Reasons as bits, one for each code in the order of `reasonCodes`. To be asked, not taken apart. */
export type ReasonSet = number;

/**
 * Beside the reasons in a set that is being made: what the decision goes on with. `reasonsOnly` removes them.
 * `counted`: the quota was asked; it is to be shown. `behind`: the resource behind this load balancer decides as well.
 */
export const followUp = { counted: 1 << 29, behind: 1 << 30 };

const firstFollowUp = 29;

const bitByCode = bitsOf(reasonCodes);

/** A bit for each code, in their order. @throws Error at start-up for codes that cannot have one. */
export function bitsOf<C extends string>(codes: readonly C[]): Readonly<Record<C, number>> {
  if (codes.length > firstFollowUp) throw new Error(`${codes.length} reasons, but only ${firstFollowUp} bits`);
  // Filled below, or the program does not start.
  const bits = {} as Record<C, number>;
  codes.forEach((code, index) => {
    if (!/^(?:resource|code)\.[a-z_]+$/.test(code)) throw new Error(`${code} is no reason about a resource or a code`);
    if (code in bits) throw new Error(`${code} is listed twice`);
    bits[code] = 1 << index;
  });
  return bits;
}

/** The set that holds this reason alone. */
export function bitOf(code: ReasonCode): ReasonSet {
  return bitByCode[code];
}

/** The set that holds these reasons. */
export function setOfReasons(codes: Iterable<ReasonCode>): ReasonSet {
  let set = 0;
  for (const code of codes) set |= bitByCode[code];
  return set;
}

/** Is the reason in the set? */
export function hasReason(set: ReasonSet, code: ReasonCode): boolean {
  return (set & bitByCode[code]) !== 0;
}

/** The set without `followUp`. */
export function reasonsOnly(set: ReasonSet): ReasonSet {
  return set & ~(followUp.counted | followUp.behind);
}

/** The codes of a set, in the fixed order. */
export function reasonsIn(set: ReasonSet): ReasonCode[] {
  const codes: ReasonCode[] = [];
  // From the lowest bit on; bits that are no reason's are passed over.
  for (let rest = set; rest !== 0; rest &= rest - 1) {
    const code = reasonCodes[31 - Math.clz32(rest & -rest)];
    if (code !== undefined) codes.push(code);
  }
  return codes;
}

const allWith = (outcome: Outcome) => setOfReasons(reasonCodes.filter((code) => outcomeOf[code] === outcome));
const notRequired = allWith('not_required');
const notApplicable = allWith('not_applicable');
const ineligible = allWith('ineligible');
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
