import { filingStates } from '@openbeian/model/filing';
import type { AnswerOf } from '../../api/client.ts';
import type { BothTexts, Language } from '../../language/words.ts';
import { daysFrom, type PickText, type Span, type StatisticsTable } from './statistics-tables.ts';
import { statisticsWords } from './words.ts';

export type DayStatistics = AnswerOf<'getDayStatistics'>;

const words = statisticsWords.stats;

/** As many parts of a column are told apart by their patterns. */
const mostSeries = 6;

interface Counted {
  readonly day: string;
  readonly name: string;
  readonly count: number;
}

/** What happened by day, as tables and plots; those of which there is nothing are left out. */
export function dayTablesOf(answer: DayStatistics, span: Span, language: Language): StatisticsTable[] {
  const pick: PickText = (text) => text?.[language] ?? '';
  const tables = [
    byDay(
      'filings',
      words.filingsByDay,
      answer.filings.map(({ day, state, count }) => ({ day, name: state, count })),
      filingStates,
    ),
    byDay(
      'codes',
      words.codesByDay,
      answer.codes.map(({ day, type, count }) => ({ day, name: type, count })),
      words.codes,
    ),
    byDay(
      'gates',
      words.gatesByDay,
      answer.gates.flatMap(({ day, outcome, reason, count }) =>
        outcome === 'block' ? [{ day, name: reason, count }] : [],
      ),
      words.blocked,
    ),
  ];
  return tables.filter(({ counted }) => counted.length > 0).map((one) => crossed(one, span, pick));
}

interface ByDay {
  readonly key: string;
  readonly title: BothTexts;
  readonly counted: readonly Counted[];
  /** In the order of the columns; names that are not among them come last, as they are. */
  readonly labels: Readonly<Record<string, BothTexts>>;
}

const byDay = (key: string, title: BothTexts, counted: ByDay['counted'], labels: ByDay['labels']): ByDay => ({
  key,
  title,
  counted,
  labels,
});

/** A row for each day on which anything happened, a column for each name; the plot has every day and the most frequent names. */
function crossed({ key, title, counted, labels }: ByDay, span: Span, pick: PickText): StatisticsTable {
  const sums = new Map<string, number>();
  const cells = new Map<string, number>();
  for (const { day, name, count } of counted) {
    sums.set(name, (sums.get(name) ?? 0) + count);
    cells.set(`${day} ${name}`, (cells.get(`${day} ${name}`) ?? 0) + count);
  }
  const names = [...new Set([...Object.keys(labels), ...sums.keys()])].filter((name) => sums.has(name));
  const labelOf = (name: string): BothTexts => labels[name] ?? { zh: name, en: name };
  const most = new Set([...sums].sort(([, one], [, other]) => other - one).slice(0, mostSeries).map(([name]) => name)); // biome-ignore format: one
  const days = daysFrom(span);
  const had = new Set(counted.map(({ day }) => day));
  return {
    key,
    title,
    columns: [words.day, ...names.map(labelOf)],
    rows: days.flatMap((day) =>
      had.has(day) ? [[day, ...names.map((name) => cells.get(`${day} ${name}`) ?? 0)]] : [],
    ),
    plot: {
      kind: 'columns',
      categories: days,
      series: names
        .filter((name) => most.has(name))
        .map((name) => ({ name: pick(labelOf(name)), values: days.map((day) => cells.get(`${day} ${name}`) ?? 0) })),
    },
  };
}
