import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { beganBy, type OrganiserProof, refuseNotReady, refuseUnproven, waitingMove } from './move-step.ts';
import { moveViewOf } from './move-view.ts';
import { tellOfMove } from './tell-of-move.ts';

/**
 * The other side confirms: the organiser's records, with their numbers, accesses and codes, are the other account's from now on.
 * No name stops being served.
 */
export const confirmMove = command(
  {
    id: 'confirmMove',
    faults: [
      'object.not_found',
      'move.ended',
      'move.not_proven',
      'move.own_side',
      'filing.precondition_unmet',
      'filing.already_open',
    ],
  },
  async (step, input: OrganiserProof & { readonly moveId: string }) => {
    const { tx, actor, at } = step;
    const accountId = ownAccount(actor);
    await tx.records.hold();
    const move = await waitingMove(step, input.moveId);
    if (beganBy(move) === accountId) throw step.fault('move.own_side');
    const subject = await tx.records.findSubject(move.subjectRecordId);
    refuseUnproven(step, subject, input);
    if (subject.accountId !== move.fromAccountId) throw step.fault('move.ended');
    await refuseNotReady(step, subject, move.toAccountId);
    await tx.records.moveSubject(subject.id, move.fromAccountId, move.toAccountId);
    await tx.moves.end(move.id, 'moved', at);
    await tx.reminders.put({ kind: 'move', itemId: move.id }, null);
    const { id: moveId, fromAccountId, toAccountId } = move;
    const detail = { moveId, fromAccountId, toAccountId };
    await recordAudit(step, 'RecordMoved', { kind: 'record', id: subject.number }, detail);
    await tellOfMove(step, move, 'MoveConfirmed');
    return moveViewOf(step, { ...move, endedAt: at, ending: 'moved' });
  },
);
