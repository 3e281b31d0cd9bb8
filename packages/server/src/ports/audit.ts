import type { PageRequest } from './paging.ts';

export interface AuditRow {
  readonly id: string;
  readonly at: string;
  readonly actorId: string;
  readonly actorRole: string;
  readonly accountId: string | null;
  /** Fact in past tense, e.g. `CodeIssued`. */
  readonly action: string;
  readonly objectKind: string;
  readonly objectId: string;
  /** Never personal data, never a clear code. */
  readonly detail: unknown;
}
/** Append only: the database refuses updates and deletes. */
export interface AuditRows {
  append(row: AuditRow): Promise<void>;
  /** Newest first. */
  list(filter: { readonly objectId?: string | undefined } & PageRequest): Promise<AuditRow[]>;
}
