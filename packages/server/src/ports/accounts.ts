import type { PageRequest } from './paging.ts';

export interface AccountRow {
  readonly id: string;
  readonly realName: string;
  readonly displayName: string;
}

/** An account with what a provider's operators say of it. */
export interface AccountInStore extends AccountRow {
  /** May it file for organisers other than itself? */
  readonly mayFileForOthers: boolean;
}

export interface AccountRows {
  find(id: string): Promise<AccountInStore | null>;
  /** Nobody else locks or changes the account until the transaction ends. */
  lock(id: string): Promise<void>;
  /** Ordered by id; `search` is looked for in id and name, in any case of letters. */
  list(filter: { readonly search?: string | undefined } & PageRequest): Promise<AccountInStore[]>;
  count(filter: { readonly search?: string | undefined }): Promise<number>;
  /** With exactly that id or name, in any case of letters. */
  listNamed(name: string, limit: number): Promise<AccountInStore[]>;
  /** Those of the ids that there are. */
  listByIds(ids: readonly string[]): Promise<AccountInStore[]>;
  /** Those of the ids to which the account granted a code, or that granted it one. */
  listAcquainted(accountId: string, ids: readonly string[]): Promise<string[]>;
  /** Inserts or updates; an empty displayName keeps the present one. */
  put(row: AccountRow, at: string): Promise<void>;
  /** As `put`, for some hundred rows in one statement, each id once. */
  putAll(rows: readonly AccountRow[], at: string): Promise<void>;
  /** @returns the account as it is now; null: there is none */
  setAgency(id: string, mayFileForOthers: boolean, at: string): Promise<AccountInStore | null>;
}
