import type { PageRequest } from './paging.ts';

export interface AccountRow {
  readonly id: string;
  readonly realName: string;
  readonly displayName: string;
}
export interface AccountRows {
  find(id: string): Promise<AccountRow | null>;
  /** Nobody else locks or changes the account until the transaction ends. */
  lock(id: string): Promise<void>;
  /** Ordered by id; `search` is looked for in id and name, in any case of letters. */
  list(filter: { readonly search?: string | undefined } & PageRequest): Promise<AccountRow[]>;
  count(filter: { readonly search?: string | undefined }): Promise<number>;
  /** With exactly that id or name, in any case of letters. */
  listNamed(name: string, limit: number): Promise<AccountRow[]>;
  /** Those of the ids that there are. */
  listByIds(ids: readonly string[]): Promise<AccountRow[]>;
  /** Inserts or updates; an empty displayName keeps the present one. */
  put(row: AccountRow, at: string): Promise<void>;
  /** As `put`, for some hundred rows in one statement, each id once. */
  putAll(rows: readonly AccountRow[], at: string): Promise<void>;
}
