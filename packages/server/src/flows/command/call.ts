/** Who is asking. `system` is a worker, `visitor` is anybody who has not signed in; neither has an account. */
export interface Actor {
  readonly userId: string;
  readonly role: 'customer' | 'reviewer' | 'operator' | 'auditor' | 'system' | 'visitor';
  /** A customer's account; null for everyone else. */
  readonly accountId: string | null;
  /** Of a person of a customer’s account; absent for its API keys, which have scopes, and for everyone else. */
  readonly right?: 'owner' | 'filer' | 'viewer';
  /** An operator who looks as a customer would, and changes nothing. */
  readonly support?: true;
  /** Where from; absent for background work. */
  readonly source?: Source;
}

/** Where a request came from, for the audit and for counting failures. */
export interface Source {
  /** The network address of the caller, as `http.trustProxy` lets it be known. */
  readonly address: string;
  /** Null for API keys and visitors. */
  readonly sessionId: string | null;
  /** Under what the address is counted: of an IPv6 one its network. */
  readonly network?: string;
  /** Browser and system, e.g. `Firefox, Windows`. */
  readonly device?: string;
}

/** What every query carries. */
export interface QueryCall {
  readonly actor: Actor;
  /**
   * How far a replica must have come for queries that may lag to read from it, as a position in the primary's log; `0/0`: the asker
   * changed nothing lately. Left out, they read the primary.
   */
  readonly readAfter?: string | undefined;
}

/** What every command carries: its idempotency key on top. */
export interface CommandCall extends QueryCall {
  readonly idempotencyKey: string;
}
