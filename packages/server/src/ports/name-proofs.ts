/** What shows that a name belongs to an account, by account and name. */
export interface NameProofRow {
  readonly accountId: string;
  readonly domainName: string;
  /** What the name's DNS has to carry; null once it has proven the name, or before the account asked for one. */
  readonly token: string | null;
  readonly tokenUntil: string | null;
  readonly provenAt: string | null;
  readonly provenUntil: string | null;
  readonly method: 'dns_txt' | 'registrar' | null;
}

export type ProvableName = Pick<NameProofRow, 'accountId' | 'domainName'>;

export interface NameProofRows {
  find(accountId: string, domainName: string): Promise<NameProofRow | null>;
  /** Those of these names that are proven at that instant. */
  listProven(names: readonly ProvableName[], at: string): Promise<ProvableName[]>;
  /** Gives the account a token for the name; what was proven stays. */
  putToken(row: ProvableName & { readonly token: string; readonly until: string }): Promise<void>;
  /** The name is proven until then. The token that was read is used up; false when it was used or replaced since. */
  prove(proof: {
    readonly accountId: string;
    readonly domainName: string;
    /** As it was read; null: there was none. */
    readonly token: string | null;
    readonly method: 'dns_txt' | 'registrar';
    readonly at: string;
    readonly until: string;
  }): Promise<boolean>;
  /** The name is no longer the account's. */
  revoke(accountId: string, domainName: string): Promise<void>;
}

/** Reads what the owner of a name publishes. */
export interface NameDirectory {
  /**
   * The TXT records of a host, each as one text; none where there is no such host or record.
   * @param host in ASCII
   * @throws Fault `name.lookup_failed` when nobody can say.
   */
  findTexts(host: string): Promise<readonly string[]>;
}

/** What the registry of names says about a name's holder, where the deployment has a way to ask. */
export interface Registrar {
  /** Is the holder of this certificate the name's holder? Null: nobody can say. */
  isHolder(question: {
    readonly domainName: string;
    readonly certificateType: string;
    readonly certificateNumber: string;
  }): Promise<boolean | null>;
}
