import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { sayIn } from '../command/said.ts';
import type { Step } from '../command/step.ts';
import { newNotice } from '../notice/new-notice.ts';
import { wallAfter } from './one-time.ts';
import { originOf } from './open-session.ts';
import { type SupportAccessView, supportViewOf } from './support-view.ts';

interface Beginning {
  readonly accountId: string;
  readonly reason: string;
  readonly minutes: number;
}

/**
 * From now on this session of the operator's sees what the customer sees, and changes nothing, until the time is over or
 * somebody ends it. The customer is told at once. A session is in one at a time.
 */
export const beginSupportAccess = command(
  { id: 'beginSupportAccess', faults: ['object.not_found'] },
  async (step: Step<'object.not_found'>, { accountId, minutes, ...input }: Beginning): Promise<SupportAccessView> => {
    const { deps, tx, actor, fault } = step;
    if ((await tx.accounts.find(accountId)) === null) throw fault('object.not_found');
    const now = deps.people.wall.now();
    const operator = await tx.people.find(actor.userId, now);
    const { sessionId } = originOf(actor);
    const session = sessionId === null ? null : await tx.signIns.findSession(sessionId);
    if (operator === null || session === null) throw fault('auth.required');
    const reason = await sayIn(step, 'elsewhere', input.reason);
    const row = {
      id: deps.ids.next('sup'),
      accountId,
      operatorId: operator.id,
      operatorName: operator.displayName,
      reason,
      begunAt: now,
      until: wallAfter(deps, minutes * 60_000),
    };
    // As whoever asks from within a support access, where only the customer's operations are.
    if (!(await tx.supportAccesses.begin(row, session.id))) throw fault('auth.forbidden');
    const about = { accountId, reason, until: row.until };
    await recordAudit(step, 'SupportAccessBegun', { kind: 'account', id: accountId }, about);
    const detail = { operator: operator.displayName, reason, minutes: String(minutes) };
    const type = 'SupportAccessBegun' as const;
    await tx.notices.add(newNotice(step, { accountId, type, about: row.id, detail }));
    return supportViewOf(step, { ...row, endedAt: null, endedBy: null, inSession: true });
  },
);
