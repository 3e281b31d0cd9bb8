import type { DownloadToPack } from '@openbeian/authority-wire/v3';
import type { Notice } from '../core/lines.ts';
import { type Message, partsOf, type Submission } from '../core/words.ts';
import { filedRecord, type RecordContext, text, timeText } from './filed-record.ts';

type Icp = NonNullable<Extract<DownloadToPack, { readonly ICP: unknown }>['ICP']>;
type Results = NonNullable<Icp['BAJG']>;
export type Result = NonNullable<Results['Jg_xx']>[number];

/** What a notice is in a download. */
export function partOf(notice: Notice, context: RecordContext): DownloadToPack {
  if ('part' in notice.what) return notice.what.part;
  const message = notice.what.outcome;
  if (message.kind === 'cancelled') throw new Error('a cancellation is a part already');
  const submission = context.state.cases.get(message.submissionId)?.submission;
  if (submission?.origin === undefined) throw new Error(`no upload has brought ${message.submissionId}`);
  return { ICP: outcomeParts(message, submission, submission.origin, context) };
}

function outcomeParts(
  message: Message,
  submission: Submission,
  { mark, operation, line }: NonNullable<Submission['origin']>,
  context: RecordContext,
): Icp {
  const head = { Czlx: operation, Bs: mark, Bz: submission.id };
  if (message.kind !== 'approved') {
    return { BAJG: { Jg_xx: [{ Jgxx: [...refusals(message)], ...head }], ...reviewed(message, operation, null) } };
  }
  const { subjectNumber, serviceNumber } = message;
  const numbers = submission.kind === 'change_filing' ? null : numbersOf(submission, serviceNumber, context);
  const isEnded = submission.kind.startsWith('cancel_');
  const record = isEnded ? null : filedRecord(subjectNumber, numbers, line.unit, context);
  const result = { Jgxx: [{ Jgdm: 1001, Dmms: '管局审核通过' }, ...(isEnded ? [] : [{ Jgdm: 1062 }])], ...head };
  const id = context.state.ledger.subjects.get(subjectNumber)?.id ?? null;
  return {
    ...(record !== null && { BASJ: { Baxx: [record] } }),
    BAJG: { Jg_xx: [result], ...reviewed(message, operation, id) },
  };
}

/** The service of the approval, and those that were filed with it: their domain names are theirs alone. */
function numbersOf(submission: Submission, serviceNumber: string, { state }: RecordContext): readonly string[] {
  const also = partsOf(submission)
    .slice(1)
    .flatMap(({ service }) => state.registry.listServicesByDomain(service.domainName).map(({ number }) => number));
  return [serviceNumber, ...also];
}

const smsTexts = {
  timed_out: '负责人未在规定时间内完成短信核验',
  too_many_attempts: '短信核验错误次数过多',
} as const;

function refusals(message: Message): readonly { Jgdm: number; Dmms: string }[] {
  if (message.kind === 'sms_failed') return [{ Jgdm: 1002, Dmms: smsTexts[message.cause] }];
  if (message.kind !== 'rejected') return [];
  return message.reasons.map((reason) => ({ Jgdm: Number(reason.code), Dmms: text(reason.text, 255) }));
}

/** What a reviewer said, where one decided: the machine's refusals come without. */
function reviewed(message: Message, operation: number, id: number | null): Pick<Results, 'GJSHS'> {
  const said = message.kind === 'rejected' ? message.reasons.filter(({ code }) => code === '1002') : [];
  if (message.kind !== 'approved' && said.length === 0) return {};
  const review = {
    Shrxm: '模拟审核员',
    Shsj: timeText(message.sentAt),
    ...(said.length > 0 && { Shyj: text(said.map((reason) => reason.text).join('；'), 1024) }),
    Shjg: message.kind === 'approved' ? 1 : 0,
    Czlx: operation,
    ...(id !== null && { Jlid: id }),
  };
  return { GJSHS: { Gjsh: [review] } };
}

/** Parts of one kind in one document: lists are joined, in their order. */
export function mergeParts(parts: readonly DownloadToPack[]): DownloadToPack {
  // All are of one kind, and joined they are again.
  return parts.reduce((whole, part) => merge(whole, part) as DownloadToPack);
}

function merge(one: unknown, other: unknown): unknown {
  if (one === undefined) return other;
  if (other === undefined) return one;
  if (Array.isArray(one) && Array.isArray(other)) return [...one, ...other];
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return other;
  const [left, right] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return Object.fromEntries(names.map((name) => [name, merge(left.get(name), right.get(name))]));
}

/** `ICP`, `JCDM`, `SJTB`: a document has one of them. */
export const kindOf = (part: DownloadToPack): string => Object.keys(part)[0] ?? '';
