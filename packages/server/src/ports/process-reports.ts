import type { GateOutcome } from '@openbeian/model/gate';
import type { Stored } from './stored.ts';

/** What a server or a worker says of itself. */
interface OwnFacts {
  /** The newest migration that it knows, e.g. `0026-said-texts`. */
  readonly migration: string;
  /** By how much its machine's clock is ahead of the database's. */
  readonly clockAheadMs: number;
  /** Where pictures of materials are kept, as it reaches them. */
  readonly files: FileStoreFacts;
}

export interface FileStoreFacts {
  readonly kept: 'directory' | 's3' | 'memory';
  readonly isReachable: boolean;
  /** Of the disk that the directory is on; null where that is not known. */
  readonly freeBytes: number | null;
  readonly totalBytes: number | null;
}

/** What is at the address that people use: `until` is the last moment of the certificate; `trouble` why it was not read. */
export interface CertificateFacts {
  readonly host: string;
  readonly until: string | null;
  readonly trouble: string | null;
}

export interface ServerFacts extends OwnFacts {
  /** Null where none is configured. `why` null: lists are read from it. */
  readonly replica: { readonly why: string | null; readonly lagSeconds: number | null } | null;
  /** Null where the deployment has no address of https, or nobody has looked yet. */
  readonly certificate: CertificateFacts | null;
}

export interface WorkerFacts extends OwnFacts {
  /** Kinds of work of which one round does not end. */
  readonly stalled: readonly string[];
  /** What it does at deadlines rests, since its clock cannot be trusted. */
  readonly isHeldByClock: boolean;
}

export interface GateDecisions {
  readonly outcome: GateOutcome;
  /** Of the gate's own release, which may know others than this one. */
  readonly reason: string;
  readonly count: number;
}

export interface GateFacts {
  /** The last change that it has; null: it has nothing, or takes whole snapshots. */
  readonly sequence: number | null;
  /** Since it was started, by reason; null where it does not tell. */
  readonly decisions: readonly GateDecisions[] | null;
  /** When it was started, by its own clock; null where it does not tell. */
  readonly startedAt: string | null;
}

/** What a process last said of itself. `version` is empty where a gate does not tell. */
export type ProcessReport =
  | { readonly kind: 'server'; readonly name: string; readonly version: string; readonly facts: ServerFacts }
  | { readonly kind: 'worker'; readonly name: string; readonly version: string; readonly facts: WorkerFacts }
  | { readonly kind: 'gate'; readonly name: string; readonly version: string; readonly facts: GateFacts };

export type ProcessKind = ProcessReport['kind'];

/** A report, and how long ago it was written, by the database's clock. */
export type HeardProcess = ProcessReport & { readonly secondsAgo: number };

/** What the processes of the deployment last said of themselves. */
export interface ProcessReportRows {
  /** Writes the reports, each in the place of the one before, and forgets those that are too old to say anything. */
  put(reports: readonly ProcessReport[]): Promise<void>;
  /** It ends as it should. */
  remove(kind: ProcessKind, name: string): Promise<void>;
  /** Of these gates those that are known, held until the end of the transaction. */
  lockGates(names: readonly string[]): Promise<readonly Stored<HeardProcess>[]>;
  /** Up to `limit`, by kind and name. One that cannot be read comes as its fault. */
  list(limit: number): Promise<readonly Stored<HeardProcess>[]>;
}
