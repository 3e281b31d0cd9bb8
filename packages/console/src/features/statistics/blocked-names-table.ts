import type { AnswerOf } from '../../api/client.ts';
import type { BothTexts, Language } from '../../language/words.ts';
import type { StatisticsTable } from './statistics-tables.ts';
import { statisticsWords } from './words.ts';

export type BlockedNames = AnswerOf<'listBlockedNames'>;

const words = statisticsWords.stats;
const labels: Readonly<Record<string, BothTexts>> = words.blocked;

/** The names that were blocked most, as a table and a plot by reason; null where there is none. */
export function blockedTableOf({ names }: BlockedNames, language: Language): StatisticsTable | null {
  if (names.length === 0) return null;
  const found = new Set(names.flatMap(({ reasons }) => reasons.map(({ reason }) => reason)));
  const known = Object.keys(labels).filter((reason) => found.has(reason));
  const reasons = [...known, ...[...found].filter((reason) => !(reason in labels)).sort()];
  const labelOf = (reason: string): BothTexts => labels[reason] ?? { zh: reason, en: reason };
  const countOf = (name: BlockedNames['names'][number], reason: string) =>
    name.reasons.find((one) => one.reason === reason)?.count ?? 0;
  return {
    key: 'blocked-names',
    title: words.blockedNames,
    columns: [words.domain, words.atLeast, ...reasons.map(labelOf)],
    rows: names.map((name) => [name.domain, name.count, ...reasons.map((reason) => countOf(name, reason))]),
    plot: {
      kind: 'bars',
      categories: names.map(({ domain }) => domain),
      series: reasons.map((reason) => ({
        name: labelOf(reason)[language],
        values: names.map((name) => countOf(name, reason)),
      })),
    },
  };
}
