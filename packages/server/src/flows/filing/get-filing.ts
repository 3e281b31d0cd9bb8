import { type FilingKind, filingKindTable, openFilingStates, siteMeanwhileOf } from '@openbeian/model/filing';
import type { FilingRow } from '../../ports/index.ts';
import { heldByLine } from '../authority/by-hand/held-by-line.ts';
import type { FlowDeps } from '../command/deps.ts';
import { query } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { eventViewOf, filingViewOf } from './filing-view.ts';
import { handOverViewOf } from './hand-over-view.ts';
import { nameProofViewOf } from './name-proof.ts';
import { smsViewOf } from './sms-view.ts';

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
    const losses = actor.role === 'operator' ? await heldByLine(step, filing, job) : null;
    const view = filingViewOf(deps, filing, actor);
    return {
      filing: view,
      events: events.map(eventViewOf),
      nameProof: proof === undefined ? null : nameProofViewOf(proof, domainName, at),
      handOver: handOverViewOf(job, actor, losses ?? []),
      site: siteOf(deps, filing, view.kind),
      sms: await smsViewOf(step, filing, view.kind),
      smsPageUrl: filing.state === 'awaiting_sms' ? deps.smsPageUrl : null,
    };
  },
);

/** By the kind that the asker is told of. */
function siteOf({ desk }: FlowDeps, { state, serviceKind, provinceCode }: FilingRow, kind: FilingKind) {
  if (!openFilingStates.includes(state)) return null;
  const found = siteMeanwhileOf(desk.siteMeanwhile, { kind, serviceKind, provinceCode });
  return found === null ? null : { text: found.text, source: found.source, asOf: found.asOf };
}
