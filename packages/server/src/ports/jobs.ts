import type { PageRequest } from './paging.ts';
import type { Stored } from './stored.ts';
import type { FailureCause, KnownFault } from './work-failures.ts';

/** What kinds of jobs there are: a filing is handed to the authority. */
export type JobTopic = 'authority.submit';
/** Which submission of which filing is handed over. */
export interface JobPayload {
  readonly submissionId: string;
  readonly filingId: string;
}
export interface Job {
  readonly id: string;
  readonly topic: JobTopic;
  readonly payload: Stored<JobPayload>;
  /** The line that it waits in: the division code of the province that is asked; empty where nobody knows. */
  readonly line: string;
  /** How often it failed; a lease that ran out, since its worker was killed say, is no failure. */
  readonly attempts: number;
}
export interface LeaseJobsOptions {
  /** Only these: a newer release may have written others. */
  readonly topics: readonly JobTopic[];
  readonly limit: number;
  readonly owner: string;
  readonly at: string;
  readonly leaseMs: number;
  /** Most of one line that are under way at a time, those of all workers counted; any number unless given. */
  readonly perLine?: number;
  /** Lines of which fewer are taken. */
  readonly fewer?: ReadonlyMap<string, number>;
  /**
   * Lines that go in turn, strictly: one at a time, the longest waiting first, and none before it is known what became of the
   * one before it (or an operator has parked that).
   */
  readonly inTurn?: readonly string[];
}
export interface RenewJobsOptions {
  readonly ids: readonly string[];
  readonly owner: string;
  readonly at: string;
  readonly leaseMs: number;
}
export interface ListedJob extends Job {
  readonly runAt: string;
  readonly lastError: string | null;
  /** Null where the last error is no fault of ours, or there is none. */
  readonly lastFault: KnownFault | null;
  /** Null where nobody knows the filing. */
  readonly domainName: string | null;
}
/** A hand-over as people are told of it, whether it was put off by itself or as failed work. */
export interface HandOverJob {
  readonly id: string;
  /** How often it failed. */
  readonly attempts: number;
  /** When it is tried next; null while it is parked. */
  readonly nextAt: string | null;
  readonly lastError: string | null;
  /** Null where the last error is no fault of ours, or there is none. */
  readonly lastFault: KnownFault | null;
}
export interface JobRows {
  /** The outbox: written in the same transaction as what it follows from. */
  enqueue(row: {
    readonly id: string;
    readonly topic: JobTopic;
    readonly payload: JobPayload;
    readonly runAt: string;
  }): Promise<void>;
  /** Done, and what failed of it; false when the lease was lost to another worker (then this transaction must not commit its effects). */
  complete(id: string, owner: string, at: string): Promise<boolean>;
  /** Nobody does it any more, and what failed of it is over; false unless it is parked and no worker has it, and then nothing is written. */
  takeOut(id: string, at: string): Promise<boolean>;
  /** Back into the queue at `runAt`, with its cause for operators (no personal data); a text alone is no fault of ours. */
  retry(id: string, owner: string, runAt: string, cause: FailureCause | string): Promise<void>;
  /** Its attempt was answered, or never asked: those behind it need not wait. */
  markAnswered(id: string, owner: string): Promise<void>;
  /** Gives the lease back: its failure says when it is tried again, and no earlier than `runAt`. */
  release(id: string, owner: string, runAt: string): Promise<void>;
  /** Waiting and failing jobs, the next to run first, each with the domain of the filing that it is about. */
  list(filter: { readonly failing?: boolean } & PageRequest): Promise<ListedJob[]>;
  /** The job that hands that filing over; null when none waits. */
  findOfFiling(filingId: string): Promise<HandOverJob | null>;
  /** `failing`: those that have failed at least once. */
  count(): Promise<{ readonly total: number; readonly failing: number }>;
}
