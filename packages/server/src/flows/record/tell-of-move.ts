import { dayOf } from '@openbeian/model/calendar';
import type { DeskEventType } from '@openbeian/model/filing';
import type { MoveRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { tell } from '../notice/tell.ts';
import { beganBy } from './move-step.ts';

/** The side that did nothing now is told what the other did, and both that records moved, or that nobody did anything; webhooks of both sides are sent it. */
export async function tellOfMove(
  step: Step,
  move: MoveRow,
  type: Extract<DeskEventType, `Move${string}`>,
): Promise<void> {
  const { id, subjectNumber, begunBy, fromAccountId, toAccountId, until } = move;
  const began = beganBy(move);
  const other = began === fromAccountId ? toAccountId : fromAccountId;
  const reader = type === 'MoveBegun' || type === 'MoveWithdrawn' ? other : began;
  // Whoever confirmed it may not be the only one of that account: records are there no more.
  const readers = type === 'MoveLapsed' || type === 'MoveConfirmed' ? [began, other] : [reader];
  await tell(step, {
    type,
    about: `${type}:${id}`,
    readers: readers.map((accountId) => ({
      accountId,
      detail: { subjectNumber, side: accountId === fromAccountId ? 'from' : 'to', until: dayOf(until) },
    })),
    others: [began, other].filter((accountId) => !readers.includes(accountId)),
    // Neither side learns the other's account by it.
    dataFor: (viewer) => ({
      record: { accountId: viewer, subjectNumber, serviceNumber: null, domainName: '' },
      move: {
        id,
        subjectNumber,
        begunBy,
        until,
        fromAccountId: viewer === null || viewer === fromAccountId ? fromAccountId : null,
        toAccountId: viewer === null || viewer === toAccountId ? toAccountId : null,
      },
    }),
  });
}
