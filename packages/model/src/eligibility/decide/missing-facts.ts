/**
 * Every fact that a rule may need and an inventory may lack, in the order in which missing facts are listed. `[]` is short
 * for the number of the first address whose kind is unknown.
 */
const factKeys = [
  'account',
  'bandwidthMbps',
  'billing',
  'boughtAt',
  'boundTo',
  'environment',
  'environment.filingService',
  'expiresAt',
  'firstTerm',
  'orderAmountCny',
  'package.gbSeconds',
  'package.invocations',
  'publicIps',
  'publicIps[].kind',
  'realName',
  'region',
] as const;
export type FactKey = (typeof factKeys)[number];

/** Facts as bits, one for each key in the order of `factKeys`. */
export type FactSet = number;

// Every key gets its bit.
const bitByKey = Object.fromEntries(factKeys.map((key, index) => [key, 1 << index])) as Readonly<
  Record<FactKey, number>
>;

/** The set that holds this fact alone. */
export function factBitOf(key: FactKey): FactSet {
  return bitByKey[key];
}

/** The keys of a set, in their order. */
export function factsIn(set: FactSet): FactKey[] {
  return factKeys.filter((key) => (set & bitByKey[key]) !== 0);
}

/** Keys of missing facts; texts are built only on request. */
export interface MissingFacts {
  keys: FactSet;
}
