import { dayOf } from '@openbeian/model/calendar';
import { rowsOn, valueOf } from '@openbeian/model/code-tables';
import type { BothSides, DeliveredRecord, OurRecord, StatusAnswer } from '@openbeian/model/reconciliation';
import {
  type AuthorityDesk,
  type AuthorityStatus,
  type FiledOrganiser,
  type FiledRecordRow,
  type LineKey,
  type RecordToCompare,
  type StoreTransaction,
  sealingContexts,
} from '../../../ports/index.ts';
import type { Step } from '../../command/step.ts';
import { subjectText } from '../../filing/subject-text.ts';

/** One record on both sides, as far as nobody has to be asked. */
export interface LoadedSides extends Omit<BothSides, 'answer'> {
  readonly line: LineKey;
  /** By which its differences are known. */
  readonly about: string;
  readonly record: RecordToCompare | null;
  readonly filed: FiledRecordRow | null;
  readonly organiser: FiledOrganiser | null;
  /** Something about it is with the authority: neither side is settled. */
  readonly isWaiting: boolean;
  /** It came with the last delivery of everything, not long ago. */
  readonly isRecent: boolean;
}

/** A full synchronisation comes in several files, none of which says that it is the last: it is over when none has come for this long. */
const syncSettledMs = 10 * 60_000;
/** What came within this with everything else need not be asked about. */
const recentMs = 24 * 3_600_000;

/** A line that records are compared over. */
export interface ComparedLine extends LineKey {
  /** Its last full synchronisation, where it was looked up for many records at once. */
  readonly sync?: Awaited<ReturnType<StoreTransaction['authorityLedger']['findSync']>>;
}

interface Found {
  readonly line: ComparedLine;
  readonly desk: AuthorityDesk;
  readonly record: RecordToCompare | null;
  readonly filed: FiledRecordRow | null;
}

/** A record of here, with what the authority has of it. */
export async function sidesOfRecord(
  step: Step,
  desk: AuthorityDesk,
  line: ComparedLine,
  record: RecordToCompare,
): Promise<LoadedSides> {
  const { number, domainName } = record;
  const filed = await step.tx.authorityLedger.findFiledRecord(line, { number, domainName });
  return sidesOf(step, { line, desk, record, filed });
}

/** A record of the authority’s that is not on record here. */
export const sidesOfFiled = (step: Step, desk: AuthorityDesk, line: ComparedLine, filed: FiledRecordRow) =>
  sidesOf(step, { line, desk, record: null, filed });

async function sidesOf(step: Step, { line, desk, record, filed }: Found): Promise<LoadedSides> {
  const { authorityLedger } = step.tx;
  const organiser = filed === null ? null : await desk.readOrganiser(filed.subject.paperId, authorityLedger);
  const { decidedAt, isWaiting } = await authorityLedger.findLastDecision(line, {
    serviceNumber: record?.number ?? filed?.serviceNumber ?? null,
    subjectNumber: record?.subjectNumber ?? filed?.subject.subjectNumber ?? null,
    ownService: filed?.ownService ?? null,
    ownSubject: filed?.subject.ownSubject ?? null,
  });
  const sync = line.sync === undefined ? await authorityLedger.findSync(line) : line.sync;
  const asOf = filed?.asOf ?? null;
  const isLeftOut =
    sync !== null &&
    isBefore(sync.to, step.at, syncSettledMs) &&
    [asOf, decidedAt, record?.recordedAt ?? null].every((each) => each === null || isBefore(each, sync.from));
  return {
    line,
    about: record?.id ?? `there:${filed?.serviceId ?? ''}`,
    record,
    filed,
    organiser,
    isWaiting,
    isLeftOut,
    isRecent: sync !== null && asOf !== null && isWithin(asOf, sync) && !isBefore(asOf, step.at, recentMs),
    ours: record === null ? null : ourRecord(step, record),
    delivered: filed === null ? null : deliveredRecord(step, { filed, organiser, decidedAt }),
  };
}

/** Whether one instant lies before another, by at least so much. */
const isBefore = (one: string, other: string, ms = 1): boolean => Date.parse(one) + ms <= Date.parse(other);

const isWithin = (instant: string, sync: { readonly from: string; readonly to: string }): boolean =>
  !isBefore(instant, sync.from) && !isBefore(sync.to, instant);

function ourRecord({ deps }: Step, record: RecordToCompare): OurRecord {
  const { number, serviceName, domainName, state, subjectHash, isSubjectCancelled, hasAccess } = record;
  return {
    serviceNumber: number,
    subjectName: deps.vault.open(record.sealedName, sealingContexts.subjects(record.subjectNumber)),
    certificateKey: subjectHash,
    serviceName,
    domainName,
    isInForce: state !== 'cancelled' && !isSubjectCancelled,
    hasAccess,
  };
}

function deliveredRecord(
  step: Step,
  {
    filed,
    organiser,
    decidedAt,
  }: {
    readonly filed: FiledRecordRow;
    readonly organiser: FiledOrganiser | null;
    readonly decidedAt: string | null;
  },
): DeliveredRecord {
  const { serviceNumber, serviceName, domainNames, domainName, hasAccess, asOf, endedAt } = filed;
  return {
    serviceNumber,
    subjectName: organiser?.name ?? null,
    certificateKeys: keysOf(step, organiser?.certificateNumber ?? null, filed.provinceCode),
    serviceName,
    domainNames: domainNames ?? (domainName === null ? null : [domainName]),
    hasAccess,
    hasEnded: endedAt !== null,
    isCurrent: asOf !== null && (decidedAt === null || !isBefore(asOf, decidedAt)),
  };
}

/** One paper goes by several names of its kind, so that the number alone counts. */
function keysOf({ deps, at }: Step, number: string | null, provinceCode: string): readonly string[] | null {
  if (number === null) return null;
  const kinds = new Set(rowsOn(deps.codeTablesOf(provinceCode).certificates, dayOf(at)).map(valueOf));
  return [...kinds].flatMap((kind) => deps.vault.hashes(subjectText(kind, number), 'subject'));
}

export const byName = (domainName: string) => ({ by: 'domain_name', domainName }) as const;

/** What the authority has answered about a name, seen from a record. */
export async function answerFor(
  { tx }: Step,
  { record }: Pick<LoadedSides, 'record'>,
  domainName: string,
  status: AuthorityStatus | null,
): Promise<StatusAnswer | null> {
  if (status === null) return null;
  const { filed, serviceNumber } = status;
  const named = serviceNumber === null ? null : await tx.records.findServiceByNumber(serviceNumber);
  const isOtherHere = named !== null && named.id !== record?.id && named.domainName === domainName;
  return { domainName, isFiled: filed, serviceNumber, isOtherHere: isOtherHere && named.state !== 'cancelled' };
}
