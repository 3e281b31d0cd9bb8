import type { FilingRow, StoreTransaction, SubjectRecordRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';

/** The subject under which a name is on record with our access; null where it is not. */
export async function findOwnerHere(
  tx: StoreTransaction,
  { provider, domainName }: Pick<FilingRow, 'provider' | 'domainName'>,
): Promise<SubjectRecordRow | null> {
  const service = await tx.records.findServiceByDomainName(domainName);
  if (service?.state !== 'filed' || !service.accesses.includes(provider)) return null;
  return tx.records.findSubject(service.subjectRecordId);
}

/** What is on record here for another account is not filed again, whoever asks. */
export async function refuseRecordedElsewhere(
  { tx, fault }: Step<'filing.subject_in_other_account' | 'filing.name_in_other_account'>,
  filing: FilingRow,
): Promise<void> {
  const subject = await tx.records.findSubjectByHash(filing.subjectHash);
  if (subject !== null && subject.accountId !== filing.accountId) throw fault('filing.subject_in_other_account');
  const owner = await findOwnerHere(tx, filing);
  if (owner !== null && owner.accountId !== filing.accountId) throw fault('filing.name_in_other_account');
}
