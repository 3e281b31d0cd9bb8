import { filingKindTable, type Precondition, preconditionTexts } from '@openbeian/model/filing';
import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { filingKindFlows } from './kinds.ts';

/**
 * Is what a change, correction or cancellation is about still on record here, and the account's? It may have been cancelled while
 * the filing was open; the authority would be asked for something that no approval could write.
 * @throws Fault `filing.precondition_unmet` with what is not so any more
 */
export async function refuseRecordEnded(step: Step<'filing.precondition_unmet'>, filing: FilingRow): Promise<void> {
  const unmet = await unmetOfRecord(step, filing);
  if (unmet === null) return;
  const reasons = [{ code: `filing.${unmet}`, message: preconditionTexts[unmet] }];
  throw step.fault('filing.precondition_unmet', { reasons });
}

/** What is not so any more of the record; null where all is, and for what opens one. */
export async function unmetOfRecord({ deps, tx }: Step, filing: FilingRow): Promise<Precondition | null> {
  if (filingKindFlows[filing.kind].holds === 'place') return null;
  const subject = await tx.records.findSubjectByNumber(filing.subjectNumber ?? '');
  if (subject === null || subject.cancelledAt !== null || subject.accountId !== filing.accountId) return 'subject_here';
  if (filingKindTable[filing.kind].about === 'subject') return null;
  const service = await tx.records.findServiceByNumber(filing.serviceNumber ?? '');
  if (service === null || service.state === 'cancelled') return 'service_filed';
  return service.accesses.includes(deps.provider) ? null : 'service_here';
}
