import { courseOf } from '@openbeian/model/filing';
import type { FilingRow, StoreTransaction } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';

/** Was all that the approval of this filing would change cancelled meanwhile? With an organiser its services are. */
export async function isNothingLeft({ tx }: Step, filing: FilingRow): Promise<boolean> {
  const { record } = courseOf(filing.kind).approved;
  if (record !== 'subject_changed' && record !== 'service_changed' && record !== 'both_changed') return false;
  await tx.records.hold();
  if (record === 'service_changed') return isServiceCancelled(tx, filing);
  const subject = await tx.records.findSubjectByNumber(filing.subjectNumber ?? '');
  return subject !== null && subject.cancelledAt !== null;
}

/** Of the service that a filing is about. */
export const isServiceCancelled = async (
  { records }: StoreTransaction,
  { serviceNumber }: FilingRow,
): Promise<boolean> => (await records.findServiceByNumber(serviceNumber ?? ''))?.state === 'cancelled';
