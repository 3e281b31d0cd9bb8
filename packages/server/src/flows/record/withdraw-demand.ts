import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { tellOfDemand } from './tell-of-demand.ts';

/** What was demanded is no longer, or was put right otherwise; a correction that is under way goes on as it is. */
export const withdrawDemand = command(
  { id: 'withdrawDemand', faults: ['object.not_found', 'demand.ended'] },
  async (step, { demandId }: { readonly demandId: string }) => {
    const { tx, at } = step;
    const demand = await tx.demands.find(demandId);
    if (demand === null) throw step.fault('object.not_found');
    if (!(await tx.demands.end(demandId, 'withdrawn', at))) throw step.fault('demand.ended');
    await recordAudit(step, 'DemandWithdrawn', { kind: 'record', id: demand.serviceNumber }, { demandId });
    await tellOfDemand(step, demand, { type: 'CorrectionEnded', more: { ending: 'withdrawn' } });
    return { withdrawn: true };
  },
);
