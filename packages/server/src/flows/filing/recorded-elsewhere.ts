import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';

/** What is on record here for another account is not filed again, whoever asks. */
export async function refuseRecordedElsewhere(
  { tx, fault }: Step<'filing.subject_in_other_account' | 'filing.name_in_other_account'>,
  { accountId, provider, subjectHash, domainName }: FilingRow,
): Promise<void> {
  const subject = await tx.records.findSubjectByHash(subjectHash);
  if (subject !== null && subject.accountId !== accountId) throw fault('filing.subject_in_other_account');
  const service = await tx.records.findServiceByDomainName(domainName);
  if (service?.state !== 'filed' || !service.accesses.includes(provider)) return;
  const owner = await tx.records.findSubject(service.subjectRecordId);
  if (owner !== null && owner.accountId !== accountId) throw fault('filing.name_in_other_account');
}
