import type { PageRequest } from './paging.ts';

/** An operator's look at the system as a customer. Instants are of the real time. */
export interface SupportAccessRow {
  readonly id: string;
  readonly accountId: string;
  readonly operatorId: string;
  readonly operatorName: string;
  readonly reason: string;
  readonly begunAt: string;
  readonly until: string;
  readonly endedAt: string | null;
  readonly endedBy: 'operator' | 'customer' | null;
  /** The session in which it began is still in it; false once that session has ended, in whatever way. */
  readonly inSession: boolean;
}

/** What was opened in a support access: an operation, and what it was about. */
export interface SupportView {
  readonly id: string;
  readonly accessId: string;
  readonly operation: string;
  /** Null for lists, and for what is beyond the most objects that are told apart. */
  readonly objectId: string | null;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly count: number;
}

export interface SupportAccessRows {
  /**
   * Begins in this session of the operator. Of several that begin at once one does.
   * @returns false, and nothing is written, where there is no such session, or it is in support access already
   */
  begin(row: Omit<SupportAccessRow, 'endedAt' | 'endedBy' | 'inSession'>, sessionId: string): Promise<boolean>;
  find(id: string): Promise<SupportAccessRow | null>;
  /** Newest first; of one account, or all. */
  list(filter: { readonly accountId: string | null } & PageRequest): Promise<SupportAccessRow[]>;
  /** Ends it in its session, too. @returns false where it has ended */
  end(id: string, by: 'operator' | 'customer', at: string): Promise<boolean>;
  /** Counts one that was opened. @returns true where it is the first of its operation and object */
  countView(view: Omit<SupportView, 'lastAt' | 'count'>): Promise<boolean>;
  /** How many are told apart of that access. */
  countViews(accessId: string): Promise<number>;
  /** In the order in which they were opened first. */
  listViews(filter: { readonly accessId: string } & PageRequest): Promise<SupportView[]>;
}
