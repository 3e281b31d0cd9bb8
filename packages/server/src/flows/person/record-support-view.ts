import { recordAudit } from '../command/audit.ts';
import type { QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inTransaction, makeFault } from '../command/step.ts';

/** How many objects are told apart in one access: two hours of reading, and no more rows than that. */
const mostViews = 500;

/** What was opened, and by which operation. */
export interface OpenedInSupport {
  readonly accessId: string;
  readonly operation: string;
  /** What its address names; null for lists. */
  readonly objectId: string | null;
}

/**
 * Notes what an operator has opened in a support access, for the customer and the audit: once for each operation and object, and how
 * often. Beyond `mostViews` it is counted by its operation alone.
 */
export function recordSupportView(
  deps: FlowDeps,
  { actor }: QueryCall,
  { accessId, operation, objectId }: OpenedInSupport,
): Promise<void> {
  return inTransaction({ deps, actor, at: deps.clock.now(), fault: makeFault }, async (step) => {
    const { supportAccesses } = step.tx;
    const isTold = objectId === null || (await supportAccesses.countViews(accessId)) < mostViews;
    const about = isTold ? objectId : null;
    const view = { id: deps.ids.next('spv'), accessId, operation, objectId: about, firstAt: deps.people.wall.now() };
    if (!(await supportAccesses.countView(view))) return;
    await recordAudit(step, 'SupportViewed', { kind: 'operation', id: operation }, { accessId, objectId: about });
  });
}
