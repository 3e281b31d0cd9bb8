import type { PageRequest } from './paging.ts';

/** An account says that a name or certificate which another account's filing holds is its own. */
export interface ContestRow {
  readonly id: string;
  readonly filingId: string;
  readonly accountId: string;
  readonly holderFilingId: string;
  readonly holderAccountId: string;
  readonly about: 'domain_name' | 'certificate';
  readonly domainName: string;
  /** What the account says, sealed; clear where it was written before it was. */
  readonly sealedStatement: string;
  readonly openedAt: string;
  /** `closed`: one of the two filings ended before anybody decided. */
  readonly decision: 'upheld' | 'dismissed' | 'closed' | null;
  readonly reasons: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
}

export interface ContestRows {
  /** False when the filing has an undecided one. */
  insert(row: ContestRow): Promise<boolean>;
  find(id: string): Promise<ContestRow | null>;
  /** By id, the newest first. */
  list(
    filter: { readonly accountId?: string | undefined; readonly undecided: boolean } & PageRequest,
  ): Promise<ContestRow[]>;
  /** Closes the undecided ones in which the filing is on either side, and gives them. */
  closeOf(filingId: string, at: string): Promise<ContestRow[]>;
  /** Opens again those that were closed because the filing had ended, where both filings are open now; gives them. */
  reopenOf(filingId: string): Promise<ContestRow[]>;
  /** False when it is decided already. */
  decide(
    id: string,
    decision: {
      readonly decision: 'upheld' | 'dismissed';
      readonly reasons: string;
      readonly decidedBy: string;
      readonly at: string;
    },
  ): Promise<boolean>;
}
