import type { AuthorityKind, CalledPerson, CallOutcome, FilingState, ReviewOutcome } from '@openbeian/model/filing';
import type { FilingListRow } from './filings.ts';
import type { PageRequest } from './paging.ts';
import type { ServiceRecordRow } from './records.ts';
import type { Stored } from './stored.ts';

/** A field as a reviewer had it: what was shown of it, and of a personal one a keyed hash of its value. */
export interface SeenField {
  readonly shown: unknown;
  readonly hash: string | null;
}
export type SeenForm = Readonly<Record<string, SeenField>>;

/** What came to the reviewers when a filing was submitted, or a question of theirs answered. */
export interface ReviewRoundRow {
  readonly filingId: string;
  /** From 1 on. */
  readonly no: number;
  readonly begunAt: string;
  readonly begunBy: string;
  readonly seen: Stored<SeenForm>;
}

export interface ReviewTickRow {
  readonly rule: string;
  readonly tickedBy: string;
  readonly tickerName: string | null;
  readonly tickedAt: string;
}

export interface ReviewCallRow {
  readonly id: string;
  readonly filingId: string;
  readonly roundNo: number;
  readonly at: string;
  readonly calledBy: string;
  readonly person: CalledPerson;
  readonly outcome: CallOutcome;
  readonly againAt: string | null;
}

/** Filings that wait for review; what is left out narrows nothing. */
export interface ReviewQueueFilter {
  readonly provinceCode?: string | undefined;
  readonly kind?: AuthorityKind | undefined;
  /** Of the organiser, by the form's code. */
  readonly nature?: string | undefined;
  readonly accountId?: string | undefined;
  /** Claimed by that person at that instant, or (`holderId` null) by nobody. */
  readonly claimed?: { readonly holderId: string | null; readonly at: string } | undefined;
  /** Those whose due date was over at that instant. */
  readonly overdueAt?: string | undefined;
  /** Those that one reviewer has passed and a second one looks at. */
  readonly secondLook?: boolean | undefined;
  /** Part of the name, the id or the account. */
  readonly search?: string | undefined;
}

/** `due`: the earliest due date first; `age`: the one that has waited longest. */
export type ReviewQueueOrder = 'due' | 'age';

/** How many of the queue there are of each. */
export interface ReviewQueueCounts {
  readonly total: number;
  readonly provinces: ReadonlyMap<string, number>;
  readonly kinds: ReadonlyMap<string, number>;
  readonly natures: ReadonlyMap<string, number>;
  readonly holders: readonly { readonly id: string; readonly name: string | null; readonly count: number }[];
}

/** Why a name is like another. */
export type Likeness = 'same_domain' | 'similar_domain' | 'same_name' | 'similar_name';

export type SimilarRow = (
  | { readonly of: 'filing'; readonly state: FilingState }
  | { readonly of: 'record'; readonly state: ServiceRecordRow['state'] }
) & {
  readonly id: string;
  /** Of a record. */
  readonly number: string | null;
  readonly accountId: string;
  readonly domainName: string;
  readonly serviceName: string | null;
  /** Found by its domain; otherwise by the name of the service. */
  readonly byDomain: boolean;
};

/** What is counted of one review: one more each. */
export interface ReviewTally {
  readonly day: string;
  /** Empty: the authority. */
  readonly reviewerId: string;
  readonly provinceCode: string;
  readonly kind: AuthorityKind;
  readonly outcome: ReviewOutcome;
  readonly rule: string;
  readonly field: string;
}

export interface StatisticsFilter {
  /** Days in Shanghai, both included. */
  readonly from: string;
  readonly to: string;
  readonly provinceCode?: string | undefined;
  readonly reviewerId?: string | undefined;
  /** Counted since types are. */
  readonly kind?: AuthorityKind | undefined;
}

export interface ReviewCount {
  readonly key: string;
  /** Of a reviewer, where it is known. */
  readonly name: string | null;
  readonly outcome: ReviewOutcome;
  readonly count: number;
}

export interface ReviewRows {
  beginRound(row: Omit<ReviewRoundRow, 'seen'> & { readonly seen: SeenForm }): Promise<void>;
  findRound(filingId: string, no: number): Promise<ReviewRoundRow | null>;
  listTicks(filingId: string, roundNo: number): Promise<ReviewTickRow[]>;
  /** What is ticked stays as it was ticked first. */
  tick(
    filingId: string,
    roundNo: number,
    tick: { readonly rules: readonly string[]; readonly by: string; readonly at: string },
  ): Promise<void>;
  untick(filingId: string, roundNo: number, rules: readonly string[]): Promise<void>;
  /** What was ticked in one round is ticked in another one, too, by whom and when it was. */
  keepTicks(filingId: string, from: number, to: number): Promise<void>;
  /** Writes the call, and what lists show of it; the filing's version stays. */
  addCall(row: ReviewCallRow): Promise<void>;
  /** The last ones, the newest first. */
  listCalls(filingId: string, limit: number): Promise<(ReviewCallRow & { readonly callerName: string | null })[]>;
  /** A page. Position: `dueAt` (or `infinity`), id by due date; since when it waits, id by age. */
  listQueue(filter: ReviewQueueFilter & PageRequest & { readonly order: ReviewQueueOrder }): Promise<FilingListRow[]>;
  /** Whose claims hold at that instant is counted. */
  countQueue(filter: ReviewQueueFilter, at: string): Promise<ReviewQueueCounts>;
  /**
   * Claims the most urgent filing of the filter that nobody has, that waits for no answer, and that the reviewer neither submitted
   * nor passed first; null where there is none. Of many at once each gets another one, and nobody waits.
   */
  claimNext(
    filter: ReviewQueueFilter,
    claim: { readonly holderId: string; readonly at: string; readonly until: string },
  ): Promise<string | null>;
  /** The subject's other filings, the newest first. */
  listOfSubject(subjectHash: string, except: string, limit: number): Promise<FilingListRow[]>;
  /** Open filings and records of other subjects whose domain or service name is taken for this one's, in no order; so many of each. */
  listSimilar(
    asked: {
      readonly filingId: string;
      readonly subjectHash: string;
      /** Neither is looked for where it is empty. */
      readonly domainName: string;
      readonly serviceName: string;
    },
    limit: number,
  ): Promise<SimilarRow[]>;
  tally(counted: readonly ReviewTally[]): Promise<void>;
  /** One more filing left the state after that time. */
  tallyStay(stay: {
    readonly day: string;
    readonly state: FilingState | 'asked';
    readonly provinceCode: string;
    readonly kind: AuthorityKind;
    readonly minutes: number;
  }): Promise<void>;
  countBy(
    by: 'reviewer' | 'reviewer_day' | 'province' | 'rule' | 'field',
    filter: StatisticsFilter,
  ): Promise<ReviewCount[]>;
  listStays(
    filter: Omit<StatisticsFilter, 'reviewerId'>,
  ): Promise<{ readonly state: FilingState | 'asked'; readonly minutes: number; readonly count: number }[]>;
}
