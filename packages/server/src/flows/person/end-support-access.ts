import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { type SupportAccessView, supportViewOf } from './support-view.ts';

/** The operator goes back to work of their own; the customer, or another operator, may end it, too. */
export const endSupportAccess = command(
  { id: 'endSupportAccess', faults: ['object.not_found', 'object.changed'] },
  async (
    step: Step<'object.not_found' | 'object.changed'>,
    { accessId }: { readonly accessId: string },
  ): Promise<SupportAccessView> => {
    const { deps, tx, actor, fault } = step;
    const row = requireVisible(step, await tx.supportAccesses.find(accessId), (one) => [one.accountId]);
    const by = actor.role === 'customer' && actor.support !== true ? 'customer' : 'operator';
    const endedAt = deps.people.wall.now();
    if (!(await tx.supportAccesses.end(row.id, by, endedAt))) throw fault('object.changed');
    await recordAudit(
      step,
      'SupportAccessEnded',
      { kind: 'account', id: row.accountId },
      { by, operator: row.operatorId },
    );
    return supportViewOf(step, { ...row, endedAt, endedBy: by });
  },
);
