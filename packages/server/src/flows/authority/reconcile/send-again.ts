import type { AuthorityKind } from '@openbeian/model/filing';
import type { DifferenceKind } from '@openbeian/model/reconciliation';
import type {
  AuthorityDesk,
  AuthorityEnclosures,
  AuthorityStatus,
  AuthoritySubmission,
  DifferenceRow,
  LineKey,
  RecordToCompare,
} from '../../../ports/index.ts';
import { type FlowRequest, inTransaction, type Step } from '../../command/step.ts';
import { textIn } from '../../filing/form-values.ts';
import { normalCertificateNumber } from '../../filing/subject-text.ts';
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

export interface SendMeans {
  readonly desk: AuthorityDesk;
  readonly sides: LoadedSides;
  readonly filingPassword: string | null;
}

/** What the authority reads as the reason of a cancellation that brings both books together. */
const reason = '与接入商的备案记录保持一致';

/**
 * Hands ours over once more, beside any filing. Under the same id as before while it is not known whether that arrived, so that nothing is
 * sent twice.
 * @throws Fault of the line; what was not sent is open again
 */
export async function sendAgain(
  request: FlowRequest<SendFault>,
  { id, kind }: Pick<DifferenceRow, 'id' | 'kind'>,
  { desk, sides, filingPassword }: SendMeans,
): Promise<void> {
  const { deps } = request;
  const { record } = sides;
  if (record === null) throw request.fault('authority.difference_gone');
  const organiser = kinds[kind] === 'first' ? await askOrganiser(request, desk, sides.line, record) : null;
  const { submission, enclosed } = await inTransaction(request, async (step): Promise<ToSend> => {
    const { authorityLedger } = step.tx;
    const row = await authorityLedger.findDifferenceForUpdate(id);
    if (row === null || row.endedAt !== null) throw step.fault('authority.difference_gone');
    const before = row.submissionId === null ? null : await authorityLedger.findHandover(row.submissionId);
    const isNew = row.submissionId === null || before?.state === 'ended';
    const submissionId = isNew ? deps.ids.next('exc') : (row.submissionId ?? '');
    await authorityLedger.setDifference(id, 'sent', submissionId);
    return toSend(step, { row, record, organiser, submissionId, filingPassword });
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
  /** What the authority has just answered of it; null: it was not asked, or says nothing. */
  readonly organiser: AuthorityStatus | null;
  readonly submissionId: string;
  readonly filingPassword: string | null;
}

/** Whether the authority still has the organiser, by the certificate of its latest filing; null: that kind of certificate cannot be asked about. */
async function askOrganiser(
  request: FlowRequest<SendFault>,
  desk: AuthorityDesk,
  { provinceCode }: LineKey,
  { number: serviceNumber, subjectNumber }: RecordToCompare,
): Promise<AuthorityStatus | null> {
  const values = await inTransaction(request, (step) =>
    valuesOnRecord(step, { kind: 'change_site', subjectNumber, serviceNumber }),
  );
  // Of what was never filed here nothing but names is known.
  if (values === null) throw request.fault('authority.repair_unfit');
  const certificateNumber = normalCertificateNumber(textIn(values, 'subject.certificateNumber'));
  const certificateType = textIn(values, 'subject.certificateType');
  return desk.askStatus(provinceCode, { by: 'certificate', certificateType, certificateNumber });
}

async function toSend(step: Step<SendFault>, given: Given): Promise<ToSend> {
  const { row, record, submissionId, filingPassword } = given;
  const { kind, subjectNumber } = await courseOf(step, given);
  const { number: serviceNumber, serviceName, domainName, subjectKind, serviceKind } = record;
  const last = await step.tx.filings.findLastFiledOf({ serviceNumber });
  const about = { kind: 'change_site', subjectNumber: record.subjectNumber, serviceNumber } as const;
  const values = await valuesOnRecord(step, about);
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
  const shown = { ...values, 'service.name': serviceName };
  const enclosures = enclosuresOf(step, last);
  return {
    submission: await submissionOf(step, filing, submissionId, shown),
    enclosed: {
      ...enclosures,
      cancellationReason: reason,
      filingPassword: filingPassword ?? enclosures.filingPassword,
    },
  };
}

/**
 * What the authority does not have goes to an organiser that it has, as another site: a first filing of whoever is on record is refused
 * (1003). Where nobody can be asked, what it has delivered counts, unless it has told since that the organiser ended.
 */
async function courseOf(
  { tx }: Step,
  { row, record, organiser }: Given,
): Promise<{ readonly kind: AuthorityKind | null; readonly subjectNumber: string }> {
  const kind = kinds[row.kind];
  const { subjectNumber } = record;
  if (kind !== 'first') return { kind, subjectNumber };
  if (organiser !== null) {
    return { kind: organiser.filed ? 'add_site_here' : kind, subjectNumber: organiser.subjectNumber ?? subjectNumber };
  }
  const filed = await tx.authorityLedger.findFiledSubject(row, { number: subjectNumber });
  return { kind: filed !== null && filed.endedAt === null ? 'add_site_here' : kind, subjectNumber };
}
