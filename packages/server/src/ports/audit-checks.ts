import type { AuditPosition, AuditSeal } from './audit.ts';
import type { Stored } from './stored.ts';

/** What is wrong at the first place where the audit differs from its seals. */
export interface AuditFinding {
  /**
   * A row that was changed, added or is missing; what somebody said in a row that is as it was; a seal that is missing, was altered or
   * was not made with a key of this deployment; rows that are gone by a clearing that this deployment has not made.
   */
  readonly what: (typeof auditFindingKinds)[number];
  readonly seal: number;
  readonly day: string;
  /** The row that differs, or that was added. */
  readonly row: AuditPosition | null;
  /** The rows around one that is missing; null at the ends of a seal. */
  readonly after: AuditPosition | null;
  readonly before: AuditPosition | null;
}

export const auditFindingKinds = [
  'changed',
  'added',
  'missing',
  'words_changed',
  'seal_missing',
  'seal_changed',
  'seal_forged',
  'clearing_forged',
] as const;

/** A verification of the whole audit that somebody asked for. */
export interface AuditCheck {
  readonly id: string;
  readonly askedAt: string;
  readonly askedBy: string;
  /** The last seal that there was when it was asked for. */
  readonly upTo: number;
  /** The last seal whose rows are as they were sealed; 0: none yet. */
  readonly throughSeal: number;
  readonly throughDigest: string | null;
  readonly rows: number;
  readonly endedAt: string | null;
  readonly difference: Stored<AuditFinding> | null;
}

/** How far a step of it has come. */
export interface AuditCheckStep {
  readonly through: Pick<AuditSeal, 'sequence' | 'digest'> | null;
  /** How many more. */
  readonly rows: number;
  readonly isDone: boolean;
  readonly difference: AuditFinding | null;
}

/** At most one is under way. */
export interface AuditCheckRows {
  /** False where one is under way. */
  ask(check: Pick<AuditCheck, 'id' | 'askedAt' | 'askedBy' | 'upTo'>): Promise<boolean>;
  findOpen(): Promise<AuditCheck | null>;
  /** The one that ended last. */
  findLast(): Promise<AuditCheck | null>;
  /** The last one that found no difference, of those that had a seal to look at. */
  findLastWhole(): Promise<AuditCheck | null>;
  /** The one under way, for whoever asks until then; null where there is none, or somebody is at it. */
  lease(at: string, until: string): Promise<AuditCheck | null>;
  /** Goes on from `check`, and gives it back; nothing where somebody else has gone on. */
  advance(check: AuditCheck, step: AuditCheckStep, at: string): Promise<void>;
}
