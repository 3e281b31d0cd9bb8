import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { lookUpViewsOf } from '../look-up/look-up-views.ts';
import { wantLookUps } from '../look-up/want-look-ups.ts';

/** Has everything that this deployment asks outside about a filing under review asked again. The filing's version stays. */
export const refreshLookUps = command(
  { id: 'refreshLookUps', faults: ['object.not_found', 'filing.wrong_state'] },
  async (step, { filingId }: { readonly filingId: string }) => {
    const filing = requireVisible(step, await step.tx.filings.find(filingId), (one) => [one.accountId]);
    if (filing.state !== 'awaiting_review') throw step.fault('filing.wrong_state');
    const names = await wantLookUps(step, filing, 'all');
    await recordAudit(step, 'LookUpsAsked', { kind: 'filing', id: filingId }, { names });
    return { lookUps: await lookUpViewsOf(step, filing) };
  },
);
