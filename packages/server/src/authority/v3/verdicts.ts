import { findingsOfResult, type RecordResult } from '@openbeian/model/authority-v3';
import type { AuthorityReason, HandoverRow, StoreTransaction } from '../../ports/index.ts';
import { type AppliedFile, keepCase, putArrival, type Writing } from './applied-file.ts';

type Ledger = StoreTransaction['authorityLedger'];

/** How soon the authority is asked for numbers that no file has brought. */
const askNumbersAfterMs = 10 * 60_000;

/** What a hand-over was approved under, as far as it is known. */
export interface KnownNumbers {
  readonly subjectNumber: string;
  readonly serviceNumber: string;
}

/** `Czlx` of what makes a subject, and of what makes a service. */
const newFiling = 1;
const newService = 2;

/** The numbers of what was approved: those on record by our own ids, or those that it had before. Null: no file has brought them yet. */
export async function findNumbers(
  ledger: Ledger,
  line: AppliedFile['line'],
  handover: HandoverRow,
): Promise<KnownNumbers | null> {
  const { operation, ownSubject, ownService } = handover;
  if (operation !== newFiling && operation !== newService) return numbersBefore(ledger, line, handover);
  const filed = await ledger.findFiledByOwn(line, { subject: ownSubject, service: ownService });
  const serviceNumber = filed.service?.serviceNumber ?? null;
  if (filed.service === null || serviceNumber === null) return null;
  const subject = filed.subject ?? (await ledger.findFiledSubject(line, { id: filed.service.subjectId }));
  const subjectNumber = subject?.subjectNumber ?? handover.subjectNumber;
  return subjectNumber === null ? null : { subjectNumber, serviceNumber };
}

async function numbersBefore(
  ledger: Ledger,
  line: AppliedFile['line'],
  { subjectNumber, serviceNumber, subjectId }: HandoverRow,
): Promise<KnownNumbers | null> {
  const id = subjectId;
  const subject =
    subjectNumber ?? (id === null ? null : ((await ledger.findFiledSubject(line, { id }))?.subjectNumber ?? null));
  // A filing about the organiser alone has its number again.
  return subject === null ? null : { subjectNumber: subject, serviceNumber: serviceNumber ?? subject };
}

/** The verdict of a hand-over: told once, and then it is over. */
export async function approve(file: Writing, handover: HandoverRow, downloadId: string | null): Promise<boolean> {
  // An operator says under which numbers: the same verdict in another file decides nothing.
  if (handover.state === 'with_operator' && (await file.ledger.isHeldByNumbers(handover.submissionId))) return true;
  const numbers = await findNumbers(file.ledger, file.line, handover);
  if (numbers === null) {
    if (handover.state !== 'awaiting_numbers') {
      const dueAt = new Date(Date.parse(file.at) + askNumbersAfterMs).toISOString();
      await file.ledger.updateHandover(handover.submissionId, { state: 'awaiting_numbers', dueAt });
    }
    return false;
  }
  await approveUnder(file, handover, numbers, downloadId);
  return true;
}

export async function approveUnder(
  file: Writing,
  handover: HandoverRow,
  numbers: KnownNumbers,
  downloadId: string | null,
): Promise<void> {
  const { submissionId } = handover;
  await end(file, submissionId, 'approved');
  await endOnRecord(file, handover, numbers);
  // It repairs a difference of both books: no filing waits for it, and the next comparison shows that they agree.
  if ((await file.ledger.findSentDifference(submissionId)) !== null) return;
  const head = { messageId: messageIdOf(file, submissionId, 'approved'), submissionId, sentAt: file.at };
  await putArrival(file, { ...head, kind: 'approved', ...numbers }, downloadId);
}

export async function reject(
  file: Writing,
  { submissionId }: Pick<HandoverRow, 'submissionId'>,
  reasons: readonly AuthorityReason[],
  downloadId: string | null,
): Promise<void> {
  await end(file, submissionId, 'rejected');
  const difference = await file.ledger.findSentDifference(submissionId);
  if (difference !== null) {
    await file.ledger.setDifference(difference.id, 'open', submissionId);
    const refused = { kind: 'repair_refused', about: submissionId, submissionId, content: { reasons } } as const;
    await keepCase({ ...file, downloadId }, refused);
    return;
  }
  const head = { messageId: messageIdOf(file, submissionId, 'rejected'), submissionId, sentAt: file.at };
  await putArrival(file, { ...head, kind: 'rejected', reasons }, downloadId);
}

const messageIdOf = ({ caseId }: Writing, submissionId: string, verdict: string): string =>
  [`v3-${submissionId}-${verdict}`, ...(caseId === undefined ? [] : [caseId])].join('-');

/** `Czlx` of what ends a record. */
const cancelAccess = 5;
const cancelSubject = 6;
const cancelService = 7;

/** What is known of the authority’s record ends with it, so that it is not taken for one in force. */
async function endOnRecord(
  { ledger, line, at }: Writing,
  { operation, subjectId, serviceId }: HandoverRow,
  { subjectNumber, serviceNumber }: KnownNumbers,
): Promise<void> {
  if (operation === cancelSubject) {
    const id = subjectId ?? (await ledger.findFiledSubject(line, { number: subjectNumber }))?.subjectId;
    if (id !== undefined) await ledger.endFiled(line, 'subject', id, at);
  }
  if (operation !== cancelService && operation !== cancelAccess) return;
  const id = serviceId ?? (await ledger.findFiledService(line, { number: serviceNumber }))?.serviceId;
  if (id === undefined) return;
  if (operation === cancelService) await ledger.endFiled(line, 'service', id, at);
  else await ledger.endFiledAccess(line, id);
}

/** What waited for an operator about it is settled by the verdict. */
async function end({ ledger, at }: Writing, submissionId: string, outcome: 'approved' | 'rejected'): Promise<void> {
  await ledger.updateHandover(submissionId, { state: 'ended', outcome, endedAt: at, dueAt: null });
  await ledger.endCasesOf(submissionId, 'decided', 'authority', at);
}

/** A result in the words of the port: what it is about, and the authority’s own words where it gave some. */
export function reasonsOf(
  { codes, operation }: Pick<RecordResult, 'codes' | 'operation'>,
  opinion: string | null,
): readonly AuthorityReason[] {
  const fieldOf = new Map(
    findingsOfResult({ codes }).map(({ rule, field }) => [rule.replace('authority.', ''), field] as const),
  );
  return codes
    .filter(({ code }) => fieldOf.has(String(code)))
    .map(({ code, zh, said }) => {
      const words = [said === null || said === zh ? null : said, opinion].filter((each) => each !== null);
      return {
        code: String(code),
        field: formField(fieldOf.get(String(code)) ?? null, operation),
        text: words.length === 0 ? zh : `${zh}。${[...new Set(words)].join('；')}`,
      };
    });
}

/** The form has the password where it is asked for. */
function formField(field: string | null, operation: RecordResult['operation']): string | null {
  if (field !== 'filingPassword') return field;
  return operation === 'cancel_subject' ? 'cancellation.filingPassword' : 'service.access.filingPassword';
}
