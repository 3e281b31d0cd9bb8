import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { beganBy, waitingMove } from './move-step.ts';
import { moveViewOf } from './move-view.ts';
import { tellOfMove } from './tell-of-move.ts';

/** Takes back what the account began, or refuses what the other side did; either way everything stays where it is. */
export const endMove = command(
  { id: 'endMove', faults: ['object.not_found', 'move.ended'] },
  async (step, { moveId }: { readonly moveId: string }) => {
    const { tx, actor, at } = step;
    const accountId = ownAccount(actor);
    const move = await waitingMove(step, moveId);
    const ending = beganBy(move) === accountId ? 'withdrawn' : 'refused';
    await tx.moves.end(move.id, ending, at);
    await tx.reminders.put({ kind: 'move', itemId: move.id }, null);
    await recordAudit(step, 'MoveEnded', { kind: 'record', id: move.subjectNumber }, { moveId, ending });
    await tellOfMove(step, move, ending === 'refused' ? 'MoveRefused' : 'MoveWithdrawn');
    return moveViewOf(step, { ...move, endedAt: at, ending });
  },
);
