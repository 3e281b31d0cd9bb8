import { addDays, daysBetween } from '@openbeian/model/calendar';
import { byteOrderMark, csvLine } from '@openbeian/model/csv';
import { findProvince } from '@openbeian/model/province';
import type { AnswerOf } from '../../api/client.ts';
import type { BothTexts, Language } from '../../language/words.ts';
import type { PlotData } from './plot-data.ts';
import { statisticsWords } from './words.ts';

export type Statistics = AnswerOf<'getReviewStatistics'>;
type Done = Statistics['provinces'][number]['done'];
type Outcome = keyof Done;
export type PickText = (text: BothTexts | null | undefined) => string;

export interface StatisticsTable {
  readonly key: string;
  readonly title: BothTexts;
  readonly columns: readonly BothTexts[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** The same numbers as a plot. */
  readonly plot: PlotData;
}

const words = statisticsWords.stats;
const ofWork: readonly Outcome[] = ['passed', 'passed_first', 'returned', 'asked', 'called'];
const ofVerdict: readonly Outcome[] = ['approved', 'rejected'];
const ofReasons: readonly Outcome[] = ['reason', 'asked_reason', 'rejected_reason'];
const titlesOf = (outcomes: readonly Outcome[]) => outcomes.map((outcome) => words.done[outcome]);
const countsOf = (done: Done, outcomes: readonly Outcome[]) => outcomes.map((outcome) => done[outcome] ?? 0);

/** Which days are shown, both included. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

type Row = StatisticsTable['rows'][number];

/** What the answer says, as tables and plots that a page shows; a file has the tables. */
export function tablesOf(answer: Statistics, span: Span, language: Language): StatisticsTable[] {
  const pick: PickText = (text) => text?.[language] ?? '';
  const nameOf = ({ id, name }: { readonly id: string; readonly name: string | null }) => name ?? id;
  const ofNames = (
    key: 'reviewers' | 'provinces' | 'rules' | 'fields',
    first: BothTexts,
    outcomes: readonly Outcome[],
    named: readonly { readonly name: string; readonly done: Done }[],
  ): StatisticsTable => {
    const columns = [first, ...titlesOf(outcomes)];
    const rows = named.map(({ name, done }) => [name, ...countsOf(done, outcomes)]);
    return { key, title: words.titles[key], columns, rows, plot: barsOf(columns, rows, pick) };
  };
  return [
    staysOf(answer, pick),
    ofNames(
      'reviewers',
      words.reviewer,
      ofWork,
      answer.reviewers.map((one) => ({ name: nameOf(one), done: one.done })),
    ),
    accuracyOf(
      answer.reviewers.map((one) => ({ name: nameOf(one), done: one.done })),
      pick,
    ),
    {
      key: 'days',
      title: words.titles.days,
      columns: [words.reviewer, words.day, ...titlesOf(ofWork)],
      rows: answer.reviewers.flatMap((one) =>
        one.days
          .map(({ day, done }) => ({ day, counts: countsOf(done, ofWork) }))
          .filter(({ counts }) => counts.some((count) => count > 0))
          .map(({ day, counts }) => [nameOf(one), day, ...counts]),
      ),
      plot: daysPlot(answer, span, pick),
    },
    ofNames(
      'provinces',
      words.province,
      ofWork,
      answer.provinces.map(({ code, done }) => ({ name: pick(findProvince(code)) || code, done })),
    ),
    ofNames(
      'rules',
      words.rule,
      ofReasons,
      answer.rules.map(({ text, done }) => ({ name: pick(text), done })),
    ),
    ofNames(
      'fields',
      words.field,
      ofReasons,
      answer.fields.map(({ text, done }) => ({ name: pick(text), done })),
    ),
  ];
}

/** Each row a bar, each column after the first a part of it. */
function barsOf(columns: readonly BothTexts[], rows: readonly Row[], pick: PickText): PlotData {
  return {
    kind: 'bars',
    categories: rows.map(([name]) => String(name)),
    series: columns.slice(1).map((column, place) => ({
      name: pick(column),
      values: rows.map((row) => Number(row[place + 1])),
    })),
  };
}

/** Of what each reviewer passed: what became of it at the authority. */
function accuracyOf(named: readonly { readonly name: string; readonly done: Done }[], pick: PickText): StatisticsTable {
  const counts = named
    .map(({ name, done }) => [name, done.approved ?? 0, done.rejected ?? 0] as const)
    .filter(([, approved, rejected]) => approved + rejected > 0);
  const columns = [words.reviewer, ...titlesOf(ofVerdict)];
  return {
    key: 'accuracy',
    title: words.accuracy,
    columns: [...columns, words.share],
    rows: counts.map((row) => [...row, `${Math.round((1000 * row[1]) / (row[1] + row[2])) / 10}%`]),
    plot: barsOf(columns, counts, pick),
  };
}

/** A bar for each step, in the hand of whom it is. */
function staysOf({ stays }: Statistics, pick: PickText): StatisticsTable {
  return {
    key: 'stays',
    title: words.stays,
    columns: [words.state, words.holder, words.count, words.median],
    rows: stays.map(({ text, holder, count, medianMinutes }) => [
      pick(text),
      pick(words.holders[holder]),
      count,
      spanOf(medianMinutes, pick),
    ]),
    plot: {
      kind: 'bars',
      categories: stays.map(({ text }) => pick(text)),
      unit: pick(words.hourUnit),
      series: (['customer', 'provider', 'authority'] as const).map((whose) => ({
        name: pick(words.holders[whose]),
        values: stays.map(({ holder, medianMinutes }) =>
          holder === whose ? Math.round(medianMinutes / 6) / 10 : null,
        ),
      })),
    },
  };
}

/** Each day of the span. */
export const daysFrom = ({ from, to }: Span): string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, nth) => addDays(from, nth));

/** What everybody together did, day by day. */
function daysPlot({ reviewers }: Statistics, { from, to }: Span, pick: PickText): PlotData {
  const days = daysFrom({ from, to });
  const ofDay = new Map<string, Record<string, number>>();
  for (const { day, done } of reviewers.flatMap((one) => one.days)) {
    const sums = ofDay.get(day) ?? {};
    for (const outcome of ofWork) sums[outcome] = (sums[outcome] ?? 0) + (done[outcome] ?? 0);
    ofDay.set(day, sums);
  }
  return {
    kind: 'columns',
    categories: days,
    series: ofWork.map((outcome) => ({
      name: pick(words.done[outcome]),
      values: days.map((day) => ofDay.get(day)?.[outcome] ?? 0),
    })),
  };
}

/** As people say it: minutes, from two hours on hours, from two days on days. */
function spanOf(minutes: number, pick: PickText): string {
  if (minutes < 120) return pick(words.minutes(minutes));
  if (minutes < 2880) return pick(words.hours(Math.round(minutes / 6) / 10));
  return pick(words.days(Math.round(minutes / 144) / 10));
}

/** All tables below each other, each with its title. */
export function tablesAsCsv(tables: readonly StatisticsTable[], pick: PickText): string {
  const parts = tables.map(
    ({ title, columns, rows }) =>
      `${csvLine([pick(title)])}${csvLine(columns.map(pick))}${rows.map((row) => csvLine(row.map(String))).join('')}`,
  );
  return `${byteOrderMark}${parts.join(csvLine(['']))}`;
}
