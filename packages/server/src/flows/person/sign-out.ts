import { recordAudit } from '../command/audit.ts';
import { query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { originOf } from './open-session.ts';

/** Ends the caller's session. */
export const signOut = query({ id: 'signOut', faults: [] }, async (step: Step) => {
  const { tx, actor } = step;
  const { sessionId } = originOf(actor);
  if (sessionId !== null) await tx.signIns.endSession(actor.userId, sessionId);
  await recordAudit(step, 'SignedOut', { kind: 'person', id: actor.userId });
  return { signedOut: true as const };
});
