import { createHash } from 'node:crypto';
import { resultCodeOf } from '@openbeian/model/authority-v3';
import { resultCodes } from '../core/result-codes.ts';
import type { SimState } from '../core/sim-state.ts';
import type { InterfaceOrigin, RefusalReason, Submission } from '../core/words.ts';
import type { SimRules } from './rules.ts';

export interface LookOverContext {
  readonly state: SimState;
  readonly rules: SimRules;
  /** A day in Asia/Shanghai. */
  readonly today: string;
  /** Are pictures asked for, and rules of provinces applied? */
  readonly strict: boolean;
  readonly filingPassword: (subjectNumber: string) => string;
}

/** A reason by its code, in the authority's words unless others are given. */
export function reasonOf(code: number, field: string | null, said?: string): RefusalReason {
  const own = Object.entries(resultCodes).find(([known]) => known === String(code));
  return { code: String(code), field, text: said ?? own?.[1].zh ?? resultCodeOf(code).zh };
}

/** Those in a set that came before one of it. */
export function before(ids: ReadonlySet<string> | undefined, id: string): readonly string[] {
  const all = [...(ids ?? [])];
  return all.slice(0, Math.max(0, all.indexOf(id)));
}

/** 备案密码: where one is given it is the right one, and an access needs it. */
export function passwordFaults(
  { subject, kind }: Submission,
  { filingPasswordHash }: InterfaceOrigin,
  { filingPassword }: LookOverContext,
): RefusalReason[] {
  const isNeeded = kind === 'access' || kind === 'cancel_subject';
  if (filingPasswordHash === null) return isNeeded ? [reasonOf(1018, 'filingPassword')] : [];
  const right = createHash('md5')
    .update(filingPassword(subject.number ?? ''))
    .digest('hex');
  return filingPasswordHash.toLowerCase() === right ? [] : [reasonOf(1018, 'filingPassword')];
}
