import type { Day } from './day.ts';

/**
 * Of dated versions the one in force on a day: the last that began; before the first of them, that one.
 * @throws RangeError where there are none at all
 */
export function lastBegun<Version extends { readonly validFrom: Day }>(
  versions: readonly Version[],
  day: Day,
): Version {
  const sorted = versions.toSorted((one, other) => (one.validFrom < other.validFrom ? -1 : 1));
  const found = sorted.findLast(({ validFrom }) => validFrom <= day) ?? sorted[0];
  if (found === undefined) throw new RangeError('there is no version at all');
  return found;
}
