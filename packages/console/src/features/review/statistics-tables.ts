import { byteOrderMark, csvLine } from '@openbeian/model/csv';
import { findProvince } from '@openbeian/model/province';
import type { AnswerOf } from '../../api/client.ts';
import type { BothTexts } from '../../language/words.ts';
import { statisticsWords } from './statistics-words.ts';

export type Statistics = AnswerOf<'getReviewStatistics'>;
type Done = Statistics['provinces'][number]['done'];
type Outcome = keyof Done;
type PickText = (text: BothTexts | null | undefined) => string;

export interface StatisticsTable {
  readonly key: string;
  readonly title: BothTexts;
  readonly columns: readonly BothTexts[];
  readonly rows: readonly (readonly (string | number)[])[];
}

const words = statisticsWords.stats;
const ofWork: readonly Outcome[] = ['passed', 'passed_first', 'returned', 'asked', 'called'];
const ofReasons: readonly Outcome[] = ['reason', 'asked_reason', 'rejected_reason'];
const titlesOf = (outcomes: readonly Outcome[]) => outcomes.map((outcome) => words.done[outcome]);
const countsOf = (done: Done, outcomes: readonly Outcome[]) => outcomes.map((outcome) => done[outcome] ?? 0);

/** What the answer says, as tables that a page shows and a file has. */
export function tablesOf(answer: Statistics, pick: PickText): StatisticsTable[] {
  const nameOf = ({ id, name }: { readonly id: string; readonly name: string | null }) => name ?? id;
  return [
    {
      key: 'stays',
      title: words.stays,
      columns: [words.state, words.holder, words.count, words.median],
      rows: answer.stays.map(({ text, holder, count, medianMinutes }) => [
        pick(text),
        pick(words.holders[holder]),
        count,
        spanOf(medianMinutes, pick),
      ]),
    },
    {
      key: 'reviewers',
      title: words.reviewers,
      columns: [words.reviewer, ...titlesOf(ofWork)],
      rows: answer.reviewers.map((one) => [nameOf(one), ...countsOf(one.done, ofWork)]),
    },
    {
      key: 'days',
      title: words.perDay,
      columns: [words.reviewer, words.day, ...titlesOf(ofWork)],
      rows: answer.reviewers.flatMap((one) =>
        one.days.map(({ day, done }) => [nameOf(one), day, ...countsOf(done, ofWork)]),
      ),
    },
    {
      key: 'provinces',
      title: words.provinces,
      columns: [words.province, ...titlesOf(ofWork)],
      rows: answer.provinces.map(({ code, done }) => [pick(findProvince(code)) || code, ...countsOf(done, ofWork)]),
    },
    {
      key: 'rules',
      title: words.rules,
      columns: [words.rule, ...titlesOf(ofReasons)],
      rows: answer.rules.map(({ text, done }) => [pick(text), ...countsOf(done, ofReasons)]),
    },
    {
      key: 'fields',
      title: words.fields,
      columns: [words.field, ...titlesOf(ofReasons)],
      rows: answer.fields.map(({ text, done }) => [pick(text), ...countsOf(done, ofReasons)]),
    },
  ];
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
