import type { WorkKind } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import type { Step } from '../command/step.ts';

interface WorkItemInput {
  readonly kind: WorkKind;
  readonly itemId: string;
}

/** An operator has removed the cause: the item is tried again now, with all its attempts. */
export const retryWork = command(
  { id: 'retryWork', faults: ['object.not_found'] },
  async (step, item: WorkItemInput) => {
    await reschedule(step, item, step.at);
    await recordAudit(step, 'WorkRetried', { kind: 'job', id: `${item.kind}:${item.itemId}` });
    return { retryAt: step.at };
  },
);

/** So many in one transaction that nobody waits for it; whoever asks goes on while some are left. */
const mostRetried = 5000;

/** The cause of many failures is removed, such as a mail server that was away: all parked items of the kind are tried again now. */
export const retryParkedWork = command(
  { id: 'retryParkedWork', faults: [] },
  async (step, { kind }: Pick<WorkItemInput, 'kind'>) => {
    const retried = await step.tx.workFailures.retryParked(kind, step.at, mostRetried);
    if (retried > 0) await recordAudit(step, 'WorkRetried', { kind: 'job', id: kind }, { retried });
    return { retried, left: await step.tx.workFailures.countParked(kind) };
  },
);

/** An operator takes an item out of the work until somebody retries it. */
export const parkWork = command({ id: 'parkWork', faults: ['object.not_found'] }, async (step, item: WorkItemInput) => {
  await reschedule(step, item, null);
  await recordAudit(step, 'WorkParked', { kind: 'job', id: `${item.kind}:${item.itemId}` });
  return { retryAt: null };
});

async function reschedule(
  { tx, fault }: Step<'object.not_found'>,
  { kind, itemId }: WorkItemInput,
  retryAt: string | null,
): Promise<void> {
  if (!(await tx.workFailures.reschedule(kind, itemId, retryAt))) throw fault('object.not_found');
}
