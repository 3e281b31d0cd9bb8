import { filingPasswordHash, findUncarriable, type UploadData } from '@openbeian/authority-wire/v3';
import {
  type AttachmentToMap,
  type DownloadedTables,
  type MapContext,
  type NotCarried,
  type RecordToRead,
  toUpload,
} from '@openbeian/model/authority-v3';
import { materialTable } from '@openbeian/model/materials';
import type {
  AuthorityEnclosures,
  AuthorityPicture,
  AuthoritySubmission,
  FiledServiceRow,
  HandoverRow,
  LineKey,
  StoreTransaction,
} from '../../ports/index.ts';
import { cancellationRow, rowsOf, tablesOfLine } from './code-rows.ts';
import type { LineOptions } from './line-options.ts';
import { readPaper } from './papers.ts';

type Ledger = StoreTransaction['authorityLedger'];

/** A hand-over as interface V3.0 carries it. */
export interface MappedHandover {
  /** Null: something that it has to carry is missing. */
  readonly upload: UploadData | null;
  readonly notCarried: readonly NotCarried[];
  /** Both id spaces, by which its result will be known. */
  readonly ids: Pick<
    HandoverRow,
    | 'ownSubject'
    | 'ownService'
    | 'ownDomain'
    | 'ownAccess'
    | 'subjectId'
    | 'serviceId'
    | 'accessId'
    | 'subjectNumber'
    | 'serviceNumber'
  >;
}

/** `Czlx`: what the authority calls an operation when it answers. */
export function operationCode({ operation: { act, of } }: Pick<AuthoritySubmission, 'operation'>): number {
  if (act === 'change') return 4;
  if (act === 'cancel') return of.includes('subject') ? 6 : of.includes('service') ? 7 : 5;
  return of.includes('subject') ? 1 : of.includes('service') ? 2 : 3;
}

/** What the authority has on record of what a hand-over is about. */
interface OnRecord {
  readonly subjectId: number | null;
  readonly service: FiledServiceRow | null;
  readonly recorded: MapContext['recorded'];
}

const noEnclosures: AuthorityEnclosures = {
  cancellationReason: '',
  filingPassword: null,
  loadPictures: async () => [],
};

export interface MappingMeans {
  readonly enclosed?: AuthorityEnclosures | undefined;
  readonly firstOwnId: number;
  /** Of a transaction that is under way; otherwise there is one for this alone. */
  readonly ledger?: Ledger | undefined;
}

/**
 * Maps a hand-over. `firstOwnId` begins the provider’s own numbers that were taken for it: subject, service, domain, access, and one for
 * each range of addresses.
 */
export async function mapHandover(
  options: LineOptions,
  line: LineKey,
  submission: AuthoritySubmission,
  { enclosed = noEnclosures, firstOwnId, ledger }: MappingMeans,
): Promise<MappedHandover> {
  const look = async (rows: Ledger) => ({
    tables: await tablesOfLine(options, rows, line.provinceCode),
    onRecord: await findOnRecord(options, rows, line, submission),
  });
  const read = await (ledger === undefined
    ? options.store.transaction(({ authorityLedger }) => look(authorityLedger))
    : look(ledger));
  const own = {
    subject: firstOwnId,
    service: firstOwnId + 1,
    domain: firstOwnId + 2,
    access: firstOwnId + 3,
    ipRange: (index: number) => firstOwnId + 4 + index,
  };
  const { subjectId, service } = read.onRecord;
  const context = await contextOf(options, submission, { ...read, own, enclosed });
  const { upload, notCarried } = toUpload(submission, context);
  return {
    // The compiler compares what `toUpload` makes with the interface’s description (`authority-wire/v3/mapping.test.ts`).
    upload: upload as UploadData | null,
    notCarried: notCarried.map((loss) => ({ ...loss, field: formFieldOf(loss.field, submission) })),
    ids: {
      ownSubject: own.subject,
      ownService: own.service,
      ownDomain: own.domain,
      ownAccess: own.access,
      subjectId,
      serviceId: service?.serviceId ?? null,
      accessId: service?.accessId ?? null,
      subjectNumber: submission.subject.number,
      serviceNumber: submission.service.number,
    },
  };
}

interface Read {
  readonly tables: DownloadedTables;
  readonly onRecord: OnRecord;
  readonly own: MapContext['own'];
  readonly enclosed: AuthorityEnclosures;
}

async function contextOf(
  { unit, clock }: LineOptions,
  submission: AuthoritySubmission,
  { tables, onRecord, own, enclosed }: Read,
): Promise<MapContext> {
  const pictures = await enclosed.loadPictures();
  const { subjectId, service, recorded } = onRecord;
  const { filingPassword, cancellationReason: remark } = enclosed;
  const reason = cancellationRow(tables.others.cancellationReasons, remark);
  return {
    unit,
    own,
    ids: {
      subject: subjectId,
      // Where a filing is about the organiser alone, its pictures of a service belong to the first of its services.
      service: service?.serviceId ?? recorded[0]?.Wzid ?? null,
      domain: service?.domainId ?? null,
      access: service?.accessId ?? null,
    },
    rows: rowsOf(tables, clock.now()),
    attachments: pictures.filter(({ key }) => key !== 'pre_approval').flatMap(attachmentOf),
    approvalScans: scansOf(pictures, submission),
    filingPasswordHash: passwordHash(filingPassword),
    cancellation: submission.operation.act === 'cancel' ? { reason, remark } : null,
    recorded,
  };
}

/** The form has the password where it is asked for. */
const formFieldOf = (field: string, { operation }: AuthoritySubmission): string =>
  field === 'filingPassword'
    ? `${operation.act === 'cancel' ? 'cancellation' : 'service.access'}.filingPassword`
    : field;

/** How many own numbers a hand-over needs at most. */
export const ownIdsOf = ({ access }: AuthoritySubmission): number => 4 + (access.ipRanges ?? access.ipAddresses).length;

/** One that GBK cannot carry is no password that the authority gave. */
const passwordHash = (password: string | null): string | null =>
  password === null || password === '' || findUncarriable(password).length > 0 ? null : filingPasswordHash(password);

async function findOnRecord(
  options: LineOptions,
  ledger: Ledger,
  line: LineKey,
  { subject, service }: AuthoritySubmission,
): Promise<OnRecord> {
  const filedService = service.number === null ? null : await ledger.findFiledService(line, { number: service.number });
  const bySubject = subject.number === null ? null : await ledger.findFiledSubject(line, { number: subject.number });
  const filed =
    bySubject ?? (filedService === null ? null : await ledger.findFiledSubject(line, { id: filedService.subjectId }));
  if (filed === null) return { subjectId: null, service: filedService, recorded: [] };
  // It was written by `applyRecords`, out of what the codec had read.
  const paper = (await readPaper(options, ledger, filed.paperId)) as RecordToRead | null;
  return { subjectId: filed.subjectId, service: filedService, recorded: paper?.Wz_xx ?? [] };
}

/** JPEG in the authority’s table of formats. */
const jpegFormat = 1;
/** Up to here pictures are of the organiser (`policies/code-tables/image-uses.yaml`). */
const lastOfSubject = 4;

function attachmentOf({ key, bytes }: AuthorityPicture): AttachmentToMap[] {
  const purpose = materialTable[key].imageUse;
  if (purpose === null) return [];
  const about = purpose <= lastOfSubject ? 'subject' : 'service';
  return [{ format: jpegFormat, purpose, content: Buffer.from(bytes).toString('base64'), about }];
}

/** The customer hands in the pictures of all pre-approvals together: each goes with every one of them. */
function scansOf(pictures: readonly AuthorityPicture[], { service }: AuthoritySubmission) {
  const scans = pictures
    .filter(({ key }) => key === 'pre_approval')
    .map(({ bytes }) => Buffer.from(bytes).toString('base64'));
  return new Map((service.preApprovals ?? []).map(({ id }) => [id, scans] as const));
}
