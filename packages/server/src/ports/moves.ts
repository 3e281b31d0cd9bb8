import type { PageRequest } from './paging.ts';

/** An organiser's records are to go from one account to another; both have to show that they are the organiser. */
export interface MoveRow {
  readonly id: string;
  readonly subjectRecordId: string;
  readonly subjectNumber: string;
  readonly fromAccountId: string;
  readonly toAccountId: string;
  /** Who began it; the other side confirms. */
  readonly begunBy: 'holder' | 'claimant';
  readonly begunAt: string;
  /** Until when it can be confirmed. */
  readonly until: string;
  readonly endedAt: string | null;
  readonly ending: 'moved' | 'refused' | 'withdrawn' | null;
}

/** One that nobody confirmed in time has lapsed. */
export type MoveState = 'waiting' | 'moved' | 'refused' | 'withdrawn' | 'lapsed';

export interface MoveRows {
  /** False when one of that subject can still be confirmed at `row.begunAt`. */
  insert(row: MoveRow): Promise<boolean>;
  /** Locks it until the transaction ends. */
  findForUpdate(id: string): Promise<MoveRow | null>;
  /** By id, the newest first; of an account those on whose either side it is. */
  list(
    filter: {
      readonly accountId?: string | undefined;
      readonly state?: { readonly is: MoveState; readonly at: string } | undefined;
    } & PageRequest,
  ): Promise<MoveRow[]>;
  /** False when it has ended already. */
  end(id: string, ending: 'moved' | 'refused' | 'withdrawn', at: string): Promise<boolean>;
}
