import type { CodeEventType, CodeNoticeType } from '@openbeian/model/code';
import { z } from 'zod';
import type { AccountRow } from './accounts.ts';
import type { AuditRow } from './audit.ts';
import type { PageRequest } from './paging.ts';
import type { JsonObject, Stored } from './stored.ts';

/** What `issueCodes` stores under its idempotency key. */
export const issuedShape = z.object({ codeIds: z.array(z.string()) });

/** A ledger of quota. `capacity` null: no source states a limit, nothing is counted against it. */
export interface QuotaRow {
  readonly ledgerKey: string;
  readonly capacity: number | null;
  /** Spent here, through codes and direct filings; the database keeps it between 0 and capacity. */
  readonly spent: number;
}
export interface QuotaRows {
  find(ledgerKey: string): Promise<QuotaRow | null>;
  /** Ledgers by their keys, with those of the accounts that there are, as everybody asks who evaluates resources. */
  listWithAccounts(
    ledgerKeys: readonly string[],
    accountIds: readonly string[],
  ): Promise<{ readonly ledgers: QuotaRow[]; readonly accounts: AccountRow[] }>;
  /** Makes or re-sizes a ledger; never below what is spent. */
  put(ledgerKey: string, capacity: number | null, at: string): Promise<void>;
  /** Spends one directly (a filing without a code). False when the ledger is exhausted; nothing is written then. */
  spendDirect(row: {
    readonly spendId: string;
    readonly ledgerKey: string;
    readonly filingId: string;
    readonly at: string;
  }): Promise<boolean>;
  /**
   * Gives a spend back. False when it was given back already. The database refuses at commit what something still
   * lives on: a code that is neither used nor revoked, a submitted filing.
   */
  returnSpend(spendId: string, at: string): Promise<boolean>;
  /** What a filing has spent directly and not given back. */
  listLiveOfFiling(filingId: string): Promise<{ readonly spendId: string; readonly ledgerKey: string }[]>;
  /** Spends by their ids, returned or not, in the order of their ledgers. */
  listSpends(spendIds: readonly string[]): Promise<{ readonly spendId: string; readonly ledgerKey: string }[]>;
  /** The id under which a subject's ledgers are kept; the first time, `newId` is stored as that id. */
  holderOfSubject(subjectHash: string, newId: string): Promise<string>;
}

export interface IssueCodesCommand {
  readonly idempotency: {
    readonly actorId: string;
    readonly operation: string;
    readonly key: string;
    readonly requestHash: string;
  };
  /** As it was decided by: nothing is written when the resource has another version, */
  readonly resource: { readonly id: string; readonly version: number };
  /** or its buyer another real name. */
  readonly issuerRealName: string;
  readonly ledgerKey: string;
  /** Resizes the ledger in the same statement (policy or inventory may have moved). */
  readonly capacity: number | null;
  readonly issuerAccountId: string;
  readonly granteeAccountId: string | null;
  readonly note: string;
  readonly at: string;
  readonly codes: readonly {
    readonly id: string;
    readonly spendId: string;
    readonly lookupHash: string;
    readonly sealed: string;
    readonly tail: string;
  }[];
  readonly audit: AuditRow;
}
export type IssueCodesOutcome =
  | { readonly outcome: 'issued'; readonly codeIds: string[] }
  /** The same request had been done before. */
  | { readonly outcome: 'replayed'; readonly codeIds: string[] }
  | { readonly outcome: 'key_reused' }
  /** The resource or its buyer's real name is no longer what was decided by. */
  | { readonly outcome: 'facts_changed' }
  | { readonly outcome: 'quota_exhausted' };

export interface CodeRow {
  readonly id: string;
  readonly resourceId: string;
  readonly issuerAccountId: string;
  /** Null: bearer. */
  readonly granteeAccountId: string | null;
  /** Ciphertext of the code; opened only for its owner or grantee, with an audit row. */
  readonly sealed: string;
  /** The last four characters, for lists. */
  readonly tail: string;
  readonly spendId: string;
  readonly note: string;
  readonly issuedAt: string;
  readonly grantedAt: string | null;
  readonly boundFilingId: string | null;
  readonly boundAt: string | null;
  readonly usedAt: string | null;
  readonly revokedAt: string | null;
  /** When it stopped for good: its resource had failed a policy that revives nothing. */
  readonly stoppedAt: string | null;
}
/** Where a code is by its own facts alone; an open one is unused or suspended, depending on its resource. */
export type CodePhase = 'open' | 'bound' | 'used' | 'revoked';

/** What is left out does not narrow. */
export interface CodeFilter {
  readonly issuerAccountId?: string;
  readonly granteeAccountId?: string;
  /** Issuer or grantee. */
  readonly partyAccountId?: string;
  /** Issuer or grantee, on top of the others. */
  readonly otherAccountId?: string;
  readonly resourceId?: string;
  readonly phase?: CodePhase;
  /** Part of the note in any case of letters, or the tail or an account to the letter. */
  readonly search?: string;
}

export interface CodeCount {
  readonly phase: CodePhase;
  /** Null for phases that do not depend on it. */
  readonly resourceId: string | null;
  readonly issuedAt: string | null;
  readonly stoppedAt: string | null;
  readonly count: number;
}

/** Each write is guarded by the state it may leave; false means that the code was in another one. */
export interface CodeRows {
  find(id: string): Promise<CodeRow | null>;
  /** Those of the ids that there are, in any order. */
  listByIds(ids: readonly string[]): Promise<CodeRow[]>;
  /** By any of the hashes that its text may have been stored under. */
  findByLookupHash(lookupHashes: readonly string[]): Promise<CodeRow | null>;
  /** Newest first. */
  list(filter: CodeFilter & PageRequest): Promise<CodeRow[]>;
  /**
   * Counts by what decides a code's state: its phase, and while it is open its resource and the days in Asia/Shanghai on
   * which it was issued and stopped (`issuedAt`, `stoppedAt` are instants of those days).
   */
  count(filter: CodeFilter): Promise<CodeCount[]>;
  /** Unbound, unused, unrevoked only. */
  grant(id: string, granteeAccountId: string | null, at: string): Promise<boolean>;
  /** Unbound, unused, unrevoked only. */
  bind(id: string, filingId: string, at: string): Promise<boolean>;
  /** Bound to this filing and unused only. */
  release(id: string, filingId: string, at: string): Promise<boolean>;
  /** Bound to this filing and unused only; there is no way back. */
  consume(id: string, filingId: string, at: string): Promise<boolean>;
  /** Unbound, unused, unrevoked only. */
  revoke(id: string, at: string): Promise<boolean>;
  /** Codes of these resources that are neither used, revoked nor stopped for good. */
  listAlive(resourceIds: readonly string[]): Promise<CodeRow[]>;
  /** Has the resource ever issued a code that still names it? */
  hasAny(resourceId: string): Promise<boolean>;
  /** For good. */
  stop(ids: readonly string[], at: string): Promise<void>;
  /**
   * Points an unbound, unused, unrevoked code at another resource of its issuer and moves its place to that one's
   * ledger (which may be the same), in one statement.
   */
  repoint(
    id: string,
    to: { readonly resourceId: string; readonly ledgerKey: string; readonly spendId: string },
    at: string,
  ): Promise<'repointed' | 'wrong_state' | 'quota_exhausted'>;
}

/** One change of one code. Never a clear code, never personal data. */
export interface CodeEventRow {
  /** Per code the order of the changes; over all codes only roughly. */
  readonly seq: number;
  /** `evt_…`; what receivers tell repetitions by. */
  readonly id: string;
  readonly codeId: string;
  readonly type: CodeEventType;
  readonly at: string;
  readonly issuerAccountId: string;
  /** After the change; null: bearer. */
  readonly granteeAccountId: string | null;
  /** After the change. */
  readonly resourceId: string;
  /** `filingId` of bound, released and used; `fromResourceId` of re-pointed; `fromAccountId` of granted; `stopsOn`,
   * `daysLeft` of stopping; `reasons` of suspended. */
  readonly detail: Stored<JsonObject>;
}
/**
 * The outbox of codes. The store writes an event in the same statement as each change of a code: issue, grant,
 * re-point, bind, release, consume, revoke. Nothing else writes those.
 */
export interface CodeEventRows {
  /**
   * The oldest events that were not relayed yet, in the order of seq; locked until the transaction ends, so that two
   * relays take turns and each code's events stay in order. Leaves out codes whose events failed.
   * @param filter `codeId`: the events of this code only, failed or not
   */
  takeUnrelayed(filter: { readonly limit: number; readonly codeId?: string }): Promise<CodeEventRow[]>;
  /** Adds what the notification job derived; the changes themselves are written by the database. */
  appendNotice(
    row: Omit<CodeEventRow, 'seq' | 'id'> & { readonly type: CodeNoticeType; readonly detail: JsonObject },
  ): Promise<void>;
  /** The last characters of these codes, by id. */
  tailsOf(codeIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Marks events as handed to everybody who wants to know. */
  markRelayed(seqs: readonly number[], at: string): Promise<void>;
  /** Deletes at most `limit` events that were relayed before that instant; returns how many. */
  deleteRelayedBefore(instant: string, limit: number): Promise<number>;
}
