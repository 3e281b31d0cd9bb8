import type { AuthorityKind, ClaimFilter } from '@openbeian/model/filing';
import type { FilingListRow, ReviewQueueFilter, ReviewQueueOrder } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { type ListOrder, type PageInput, pageOf } from '../command/page.ts';
import type { Step } from '../command/step.ts';
import { filingViewOf } from '../filing/filing-view.ts';

type Flag = 'true' | 'false' | undefined;

export interface QueueInput {
  readonly provinceCode?: string | undefined;
  readonly kind?: AuthorityKind | undefined;
  readonly nature?: string | undefined;
  readonly accountId?: string | undefined;
  readonly claim?: ClaimFilter | undefined;
  /** Goes before `claim`. */
  readonly claimedBy?: string | undefined;
  readonly overdue?: Flag;
  readonly secondLook?: Flag;
  readonly search?: string | undefined;
}

const orders: Readonly<Record<ReviewQueueOrder, ListOrder<FilingListRow>>> = {
  due: { name: 'queue.due', columns: ['instant', 'text'], positionOf: ({ dueAt, id }) => [dueAt ?? 'infinity', id] },
  age: {
    name: 'queue.age',
    columns: ['instant', 'text'],
    positionOf: ({ stateSince, startedAt, id }) => [stateSince ?? startedAt, id],
  },
};

export function queueFilterOf(
  { actor, at }: Pick<Step, 'actor' | 'at'>,
  { claim = 'all', claimedBy, overdue, secondLook, ...input }: QueueInput,
): ReviewQueueFilter {
  const holderId = claimedBy ?? (claim === 'mine' ? actor.userId : null);
  return {
    provinceCode: input.provinceCode,
    kind: input.kind,
    nature: input.nature,
    accountId: input.accountId,
    search: input.search,
    claimed: claimedBy === undefined && claim === 'all' ? undefined : { holderId, at },
    overdueAt: overdue === 'true' ? at : undefined,
    secondLook: secondLook === undefined ? undefined : secondLook === 'true',
  };
}

/** What waits for review: by due date, or the oldest first. */
export const listReviewQueue = query(
  { id: 'listReviewQueue', faults: [], mayLag: true },
  async (step, input: QueueInput & PageInput & { readonly order?: ReviewQueueOrder | undefined }) => {
    const { deps, tx, actor } = step;
    const { order = 'due' } = input;
    const filter = { ...queueFilterOf(step, input), order };
    const { rows, next } = await pageOf(orders[order], input, (page) => tx.reviews.listQueue({ ...filter, ...page }));
    return { filings: rows.map((filing) => filingViewOf(deps, filing, actor)), next };
  },
);

/** How many of them there are, in all and of each province, type, nature and holder. */
export const countReviewQueue = query(
  { id: 'countReviewQueue', faults: [], mayLag: true },
  async (step, input: QueueInput) => {
    const { total, provinces, kinds, natures, holders } = await step.tx.reviews.countQueue(
      queueFilterOf(step, input),
      step.at,
    );
    return {
      total,
      provinces: listed(provinces),
      kinds: listed(kinds),
      natures: listed(natures),
      holders: [...holders],
    };
  },
);

const listed = (counts: ReadonlyMap<string, number>) =>
  [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => (a.value < b.value ? -1 : 1));
