import { filingKindTable, openFilingStates } from '@openbeian/model/filing';
import { query } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { eventViewOf, filingViewOf } from './filing-view.ts';
import { handOverViewOf } from './hand-over-view.ts';
import { nameProofViewOf } from './name-proof.ts';

/** One filing with its history, and where its SMS is confirmed while one is due. */
export const getFiling = query(
  { id: 'getFiling', faults: ['object.not_found'] },
  async (step, input: { readonly filingId: string }) => {
    const { deps, tx, actor, at } = step;
    const filing = requireVisible(step, await tx.filings.find(input.filingId), (one) => [one.accountId]);
    const events = await tx.filings.listEvents(filing.id);
    const { accountId, domainName, kind, state } = filing;
    const isNew = domainName !== '' && filingKindTable[kind].opens;
    const proof =
      isNew && openFilingStates.includes(state) ? await tx.nameProofs.find(accountId, domainName) : undefined;
    const job = state === 'awaiting_forward' ? await tx.jobs.findOfFiling(filing.id) : null;
    return {
      filing: filingViewOf(deps, filing, actor),
      events: events.map(eventViewOf),
      nameProof: proof === undefined ? null : nameProofViewOf(proof, domainName, at),
      handOver: handOverViewOf(job, actor),
      smsPageUrl: filing.state === 'awaiting_sms' ? deps.smsPageUrl : null,
    };
  },
);
