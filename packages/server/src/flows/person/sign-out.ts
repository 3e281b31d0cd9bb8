import { recordAudit } from '../command/audit.ts';
import { keylessCommand } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { originOf } from './open-session.ts';

/** Ends the caller's session. */
export const signOut = keylessCommand({ id: 'signOut', faults: [] }, async (step: Step) => {
  const { tx, actor } = step;
  const { sessionId } = originOf(actor);
  if (sessionId !== null) await tx.signIns.endSession(actor.userId, sessionId);
  await recordAudit(step, 'SignedOut', { kind: 'person', id: actor.userId });
  return { signedOut: true as const };
});
