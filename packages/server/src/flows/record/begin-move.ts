import { dayOf } from '@openbeian/model/calendar';
import { parseFilingNumbers } from '@openbeian/model/number';
import type { MoveRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { type OrganiserProof, refuseNotReady, refuseUnproven } from './move-step.ts';
import { moveViewOf } from './move-view.ts';
import { tellOfMove } from './tell-of-move.ts';

interface BeginMoveInput extends OrganiserProof {
  readonly subjectNumber: string;
  /** From the account that has the records: where they go. Left out by the account that claims them. */
  readonly toAccountId?: string | undefined;
}

const dayMs = 86_400_000;
/** Ours: no source says how long a move may wait. */
const waitsDays = 7;

/**
 * Begins to move an organiser's records between accounts: by the account that has them, naming the other, or by one that claims
 * them. Either way whoever begins shows the organiser's certificate, and nothing moves before the other side has too.
 */
export const beginMove = command(
  {
    id: 'beginMove',
    faults: ['move.not_proven', 'move.waiting', 'filing.precondition_unmet', 'filing.already_open'],
  },
  async (step, input: BeginMoveInput) => {
    const { deps, tx, actor, at } = step;
    const accountId = ownAccount(actor);
    const [number] = parseFilingNumbers(input.subjectNumber, dayOf(at)).numbers;
    await tx.records.hold();
    const subject = number === undefined ? null : await tx.records.findSubjectByNumber(number.canonical);
    refuseUnproven(step, subject, input);
    const begunBy = subject.accountId === accountId ? 'holder' : 'claimant';
    const toAccountId = begunBy === 'holder' ? input.toAccountId : accountId;
    const isOther = begunBy === 'claimant' && input.toAccountId !== undefined && input.toAccountId !== accountId;
    if (isOther) {
      const expected = 'nothing, or your own account: whoever claims records has them moved to itself';
      throw step.fault('input.invalid', {
        places: [{ path: 'toAccountId', expected, expectedZh: '认领时不填，或填本账号：备案只能迁移到认领的账号' }],
      });
    }
    if (toAccountId === undefined || toAccountId === subject.accountId) {
      const expected = 'the id of another account, to which the records go';
      throw step.fault('input.invalid', {
        places: [{ path: 'toAccountId', expected, expectedZh: '应为另一个账号的 ID，备案将迁移到该账号' }],
      });
    }
    await refuseNotReady(step, subject, toAccountId);
    const move: MoveRow = {
      id: deps.ids.next('mov'),
      subjectRecordId: subject.id,
      subjectNumber: subject.number,
      fromAccountId: subject.accountId,
      toAccountId,
      begunBy,
      begunAt: at,
      until: new Date(Date.parse(at) + waitsDays * dayMs).toISOString(),
      endedAt: null,
      ending: null,
    };
    if (!(await tx.moves.insert(move))) throw step.fault('move.waiting');
    const detail = { moveId: move.id, begunBy, fromAccountId: move.fromAccountId, toAccountId };
    await recordAudit(step, 'MoveBegun', { kind: 'record', id: subject.number }, detail);
    await tx.reminders.put({ kind: 'move', itemId: move.id }, move.until);
    await tellOfMove(step, move, 'MoveBegun');
    return moveViewOf(step, move);
  },
);
