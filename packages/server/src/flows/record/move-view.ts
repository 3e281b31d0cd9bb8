import type { MoveRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';

export interface MoveView {
  readonly id: string;
  readonly subjectNumber: string;
  /** Null: the other side's, which a customer is not told. */
  readonly fromAccountId: string | null;
  readonly toAccountId: string | null;
  readonly begunBy: MoveRow['begunBy'];
  readonly begunAt: string;
  readonly until: string;
  readonly state: 'waiting' | 'moved' | 'refused' | 'withdrawn' | 'lapsed';
  /** What the asker may do now. */
  readonly actions: readonly ('confirm' | 'refuse' | 'withdraw')[];
}

/** Whether it can still be confirmed follows from the time. */
export function moveViewOf({ actor, at }: Pick<Step, 'actor' | 'at'>, row: MoveRow): MoveView {
  const isOver = Date.parse(row.until) <= Date.parse(at);
  const state = row.ending ?? (isOver ? 'lapsed' : 'waiting');
  const isStaff = actor.role !== 'customer';
  const begunBy = row.begunBy === 'holder' ? row.fromAccountId : row.toAccountId;
  const mayAct = state === 'waiting' && !isStaff && actor.support !== true;
  // Who the holder named is known to it; who claims from whom is not.
  const seen = (accountId: string) => (isStaff || actor.accountId === accountId ? accountId : null);
  return {
    id: row.id,
    subjectNumber: row.subjectNumber,
    fromAccountId: seen(row.fromAccountId),
    toAccountId:
      row.begunBy === 'holder' && actor.accountId === row.fromAccountId ? row.toAccountId : seen(row.toAccountId),
    begunBy: row.begunBy,
    begunAt: row.begunAt,
    until: row.until,
    state,
    actions: !mayAct ? [] : actor.accountId === begunBy ? ['withdraw'] : ['confirm', 'refuse'],
  };
}
