import { findProvince } from '@openbeian/model/province';
import type { LineOverview, OperationsHead } from '../../ports/index.ts';
import { spanOf, upTo } from './amounts.ts';
import { authorityWords as words } from './authority-words.ts';
import { type Finding, item, itemOf, type OperationsItem, type OperationsPart, ok, partOf, wants } from './item.ts';

/** Lines to the authorities, as an operator sees them; null: the deployment has none of that kind. */
export interface Lines {
  readonly lines: readonly LineOverview[] | null;
  readonly isByHand: boolean;
  readonly at: string;
}

const page = '/authority';
/** A worker asks for files when they are due; a package is answered at once. */
const lateAfterSeconds = 900;
/** Differences are counted up to so many. */
export const mostDifferences = 1000;

/** One summary, and each line that is stopped, closed or late, or has something for an operator. */
export function linesItem({ lines, isByHand, at }: Lines): OperationsItem | null {
  if (isByHand) return item('lines', ok(words.byHand));
  if (lines === null) return null;
  const parts = lines.flatMap((line) => partsOf(line, at));
  const open = lines.filter((line) => line.stoppedAt === null && !isClosed(line, at)).length;
  return itemOf(
    'lines',
    { text: lines.length === 0 ? words.noLine : words.lines(open, lines.length), link: page },
    parts,
  );
}

const isClosed = ({ closedUntil }: LineOverview, at: string): boolean => closedUntil !== null && closedUntil > at;
const secondsFrom = (since: string, at: string): number => (Date.parse(at) - Date.parse(since)) / 1000;

function partsOf(line: LineOverview, at: string): OperationsPart[] {
  const { provinceCode } = line;
  const { zh, en } = findProvince(provinceCode) ?? { zh: provinceCode, en: provinceCode };
  const name = { zh, en };
  const state = stateOf(line, at);
  const resume = line.stoppedAt === null ? null : ({ act: 'resume_line', provinceCode } as const);
  const cases = line.openCases === 0 ? null : wants('attention', words.cases(line.openCases), words.casesTodo, page);
  return [
    ...(state === null ? [] : [partOf({ id: provinceCode, name }, state, resume)]),
    ...(cases === null ? [] : [partOf({ id: `${provinceCode} cases`, name }, cases)]),
  ];
}

/** Null: it is open, and nothing is late. */
function stateOf(line: LineOverview, at: string): Finding | null {
  const { stoppedAt, stoppedBecause, closedUntil, closedBecause, downloadAfter, sendingSince } = line;
  if (stoppedAt !== null) {
    return wants('failing', words.stopped(spanOf(secondsFrom(stoppedAt, at)), stoppedBecause), words.stoppedTodo, page);
  }
  if (isClosed(line, at) && closedUntil !== null) {
    return wants(
      'attention',
      words.closed(spanOf(secondsFrom(at, closedUntil)), closedBecause),
      words.closedTodo,
      page,
    );
  }
  const unsure = sendingSince === null ? 0 : secondsFrom(sendingSince, at);
  if (unsure > lateAfterSeconds) return wants('attention', words.unsure(spanOf(unsure)), words.unsureTodo, page);
  const overdue = downloadAfter === null ? 0 : secondsFrom(downloadAfter, at);
  return overdue > lateAfterSeconds ? wants('attention', words.late(spanOf(overdue)), words.lateTodo, page) : null;
}

/** In what our books and the authority's differ; null where they are not compared. */
export function reconciliationItem(
  { lines }: Pick<Lines, 'lines'>,
  { openDifferences, comparedSecondsAgo }: Pick<OperationsHead, 'openDifferences' | 'comparedSecondsAgo'>,
): OperationsItem | null {
  if (lines === null || lines.length === 0) return null;
  const compared = words.compared(comparedSecondsAgo === null ? null : spanOf(comparedSecondsAgo));
  if (openDifferences > 0) {
    const text = words.differences(upTo(openDifferences, mostDifferences), compared);
    return item('reconciliation', wants('attention', text, words.differencesTodo, page));
  }
  if (comparedSecondsAgo === null) return item('reconciliation', wants('unknown', compared, words.compareTodo, page));
  return item('reconciliation', ok(words.noDifferences(compared), page));
}
