export interface AccountRow {
  readonly id: string;
  readonly realName: string;
  readonly displayName: string;
}
export interface AccountRows {
  find(id: string): Promise<AccountRow | null>;
  list(): Promise<AccountRow[]>;
  /** Inserts or updates; an empty displayName keeps the old one. */
  put(row: AccountRow, at: string): Promise<void>;
}
