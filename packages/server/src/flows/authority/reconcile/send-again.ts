import type { AuthorityKind } from '@openbeian/model/filing';
import type { DifferenceKind } from '@openbeian/model/reconciliation';
import type { AuthorityEnclosures, AuthoritySubmission, DifferenceRow, RecordToCompare } from '../../../ports/index.ts';
import { type FlowRequest, inTransaction, type Step } from '../../command/step.ts';
import { valuesOnRecord } from '../../filing/values-on-record.ts';
import { enclosuresOf } from '../enclosures-of.ts';
import { submissionOf } from '../submission-of.ts';
import type { LoadedSides } from './both-sides.ts';

/** What the authority is asked to do, so that its book says what ours does. */
const kinds: Readonly<Record<DifferenceKind, AuthorityKind | null>> = {
  missing_there: 'first',
  cancelled_there: 'first',
  in_force_there: 'cancel_site',
  missing_here: null,
  number_differs: null,
  holder_differs: 'change_filing',
  certificate_differs: 'change_filing',
  service_name_differs: 'change_site',
  domain_differs: 'change_site',
  access_missing_there: 'access',
  access_only_there: 'cancel_access',
};

interface ToSend {
  readonly submission: AuthoritySubmission;
  readonly enclosed: AuthorityEnclosures;
}

export type SendFault = 'authority.repair_unfit' | 'authority.difference_gone';

/** What the authority reads as the reason of a cancellation that brings both books together. */
const reason = '与接入商的备案记录保持一致';

/**
 * Hands ours over once more, beside any filing. Under the same id as before while it is not known whether that arrived, so that nothing is
 * sent twice.
 * @throws Fault of the line; what was not sent is open again
 */
export async function sendAgain(
  request: FlowRequest<SendFault>,
  { id }: Pick<DifferenceRow, 'id'>,
  sides: LoadedSides,
  filingPassword: string | null,
): Promise<void> {
  const { deps } = request;
  const { submission, enclosed } = await inTransaction(request, async (step): Promise<ToSend> => {
    const { authorityLedger } = step.tx;
    const row = await authorityLedger.findDifferenceForUpdate(id);
    if (row === null || row.endedAt !== null || sides.record === null) throw step.fault('authority.difference_gone');
    const before = row.submissionId === null ? null : await authorityLedger.findHandover(row.submissionId);
    const isNew = row.submissionId === null || before?.state === 'ended';
    const submissionId = isNew ? deps.ids.next('exc') : (row.submissionId ?? '');
    await authorityLedger.setDifference(id, 'sent', submissionId);
    return toSend(step, { row, record: sides.record, submissionId, filingPassword });
  });
  try {
    await deps.authority.submit(submission, enclosed);
  } catch (error) {
    await inTransaction(request, async ({ tx }) => {
      // One that is written down goes out by itself.
      if ((await tx.authorityLedger.findHandover(submission.id)) !== null) return;
      await tx.authorityLedger.setDifference(id, 'open', submission.id);
    });
    throw error;
  }
}

interface Given {
  readonly row: DifferenceRow;
  readonly record: RecordToCompare;
  readonly submissionId: string;
  readonly filingPassword: string | null;
}

async function toSend(step: Step<SendFault>, { row, record, submissionId, filingPassword }: Given): Promise<ToSend> {
  const kind = await kindOf(step, row, record);
  const { number: serviceNumber, subjectNumber, serviceName, domainName, subjectKind, serviceKind } = record;
  const last = await step.tx.filings.findLastFiledOf({ serviceNumber });
  const values = await valuesOnRecord(step, { kind: 'change_site', subjectNumber, serviceNumber });
  // Of what was never filed here nothing but names is known.
  if (kind === null || last === null || values === null) throw step.fault('authority.repair_unfit');
  const isNew = kind === 'first' || kind === 'add_site_here';
  const filing = {
    ...last,
    kind,
    domainName,
    subjectKind,
    serviceKind,
    provinceCode: row.provinceCode,
    subjectNumber: kind === 'first' ? null : subjectNumber,
    serviceNumber: isNew ? null : serviceNumber,
  };
  const given = { ...values, 'service.name': serviceName };
  const enclosures = enclosuresOf(step, last);
  return {
    submission: await submissionOf(step, filing, submissionId, given),
    enclosed: {
      ...enclosures,
      cancellationReason: reason,
      filingPassword: filingPassword ?? enclosures.filingPassword,
    },
  };
}

/** What the authority does not have goes to an organiser that it has, as another site. */
async function kindOf({ tx }: Step, row: DifferenceRow, record: RecordToCompare): Promise<AuthorityKind | null> {
  const kind = kinds[row.kind];
  if (kind !== 'first') return kind;
  const services = await tx.records.listServicesOfSubject(record.subjectRecordId);
  for (const { id, number } of services) {
    const filed = id === record.id ? null : await tx.authorityLedger.findFiledRecord(row, { number, domainName: '' });
    if (filed !== null && filed.endedAt === null) return 'add_site_here';
  }
  return kind;
}
