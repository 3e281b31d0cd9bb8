import { type FactKey, factKeys } from '../inventory.ts';

export type { FactKey };

/** Facts as bits, one for each key in the order of `factKeys`. */
export type FactSet = number;

if (factKeys.length > 31) throw new Error(`${factKeys.length} facts, but only 31 bits`);

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
