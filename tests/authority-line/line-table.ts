import { type FilingKind, filingKinds } from '@openbeian/model/filing';
import type { StoryFiling, StoryMove } from './story.ts';

interface Told {
  readonly filings: readonly StoryFiling[];
  readonly moves: readonly StoryMove[];
}

/** What the columns of verdicts are called. */
export const tableHead =
  'filed at once / filed after a refusal / refused and given up / not carried, recalled / entered by hand';

/** Kind by nature by verdict: a line for each kind and nature, and one for each kind as a whole. */
export function tableOf({ filings, moves }: Told): string[] {
  return filingKinds.flatMap((kind) => {
    const own = filings.filter((one) => one.kind === kind);
    const moved = kind === 'move_account' ? moves : [];
    const natures = [...new Set([...own, ...moved].map(({ nature }) => nature))].toSorted();
    const ofNature = (nature: string) => cellOf(own.filter(of(nature)), moved.filter(of(nature)));
    return [`${kind}: ${cellOf(own, moved)}`, ...natures.map((nature) => `  ${nature.padEnd(26)}${ofNature(nature)}`)];
  });
}

const of =
  (nature: string) =>
  (one: { readonly nature: string }): boolean =>
    one.nature === nature;

function cellOf(filings: readonly StoryFiling[], moves: readonly StoryMove[]): string {
  const count = (end: StoryFiling['end'], rejected: number) =>
    filings.filter((one) => one.end === end && one.rejected === rejected).length;
  const cells = [
    count('filed', 0) + moves.length,
    count('filed', 1),
    count('refused', 1),
    count('not_carried', 0),
    count('by_hand', 0),
  ];
  return cells.join(' / ');
}

/** How often each went wrong first. */
export function troublesOf(filings: readonly StoryFiling[]): Readonly<Record<string, number>> {
  const found = Map.groupBy(
    filings.flatMap(({ trouble }) => trouble ?? []),
    (trouble) => trouble,
  );
  return Object.fromEntries([...found].map(([trouble, list]) => [trouble, list.length]));
}

/** Every kind that there is, the ones that changed hands included. */
export const kindsOf = ({ filings, moves }: Told): ReadonlySet<FilingKind> =>
  new Set([...filings.map(({ kind }) => kind), ...(moves.length > 0 ? (['move_account'] as const) : [])]);
