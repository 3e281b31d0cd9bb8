import type { Stored } from './stored.ts';

/** Requests that were refused to somebody within one hour. */
export interface RefusedAccess {
  readonly actorId: string;
  readonly actorRole: string;
  readonly accountId: string | null;
  readonly operation: string;
  /** The fault that refused them. */
  readonly fault: string;
  readonly count: number;
}

/** A setting with which a process starts; a secret is known by its hash alone. */
export interface StartedWith {
  readonly path: string;
  readonly value: string;
  readonly secret: boolean;
}

/** What the audit is written from, besides what happens within transactions of its own. */
export interface AuditEventRows {
  /** Counts refusals. @returns true where it is the first of its actor, operation, fault and hour. */
  countRefused(refused: RefusedAccess, hour: string): Promise<boolean>;
  /** Deletes the counts of earlier hours. */
  takeRefusedBefore(hour: string, limit: number): Promise<(RefusedAccess & { readonly hour: string })[]>;
  /** With what that kind of process started last, locked until the transaction ends; null at its first start. */
  findConfiguration(process: string): Promise<Stored<readonly StartedWith[]> | null>;
  putConfiguration(process: string, settings: readonly StartedWith[], at: string): Promise<void>;
}
