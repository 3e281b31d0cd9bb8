import type { WorkFailureRow, WorkKind } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { type ListOrder, type PageInput, pageOf } from '../command/page.ts';

const parkedFirst: ListOrder<WorkFailureRow> = {
  name: 'work-failures',
  columns: ['instant', 'text', 'text'],
  positionOf: ({ retryAt, kind, itemId }) => [retryAt ?? '-infinity', kind, itemId],
};

interface Asked {
  readonly kind?: WorkKind | undefined;
  readonly parked?: 'true' | 'false';
}

/** Items of background work that failed: parked ones first, then those that are tried again soonest. */
export const listWorkFailures = query(
  { id: 'listWorkFailures', faults: [], mayLag: true },
  async ({ tx }, { kind, parked, ...input }: Asked & PageInput) => {
    const { rows, next } = await pageOf(parkedFirst, input, (page) =>
      tx.workFailures.list({ kind, parked: parked === 'true', ...page }),
    );
    return { failures: rows, next };
  },
);

export const countWorkFailures = query({ id: 'countWorkFailures', faults: [], mayLag: true }, ({ tx }) =>
  tx.workFailures.countAll(),
);
