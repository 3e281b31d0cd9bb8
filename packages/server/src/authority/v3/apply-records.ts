import { type AuthorityRecord, type RecordToRead, recordOf } from '@openbeian/model/authority-v3';
import { normaliseHost } from '@openbeian/model/domain-name';
import type { LineKey, StoreTransaction } from '../../ports/index.ts';
import { type AppliedFile, keepCase } from './applied-file.ts';
import { putPaper } from './papers.ts';
import { approve } from './verdicts.ts';

type Ledger = StoreTransaction['authorityLedger'];

/** Files of a full synchronisation that come within this are of the same one: it is split over several, and none says which is the last. */
const syncGapMs = 60 * 60_000;

/** Records as the authority has them now (`BASJ`, and `SJTB` as a whole): both id spaces, and numbers that approvals wait for. */
export async function applyRecords(file: AppliedFile): Promise<void> {
  const { data } = file;
  const records: readonly RecordToRead[] = [...(data.ICP?.BASJ?.Baxx ?? []), ...(data.SJTB?.ICP?.Baxx ?? [])];
  if (data.SJTB?.ICP !== undefined) await file.ledger.noteSync(file.line, file.at, syncGapMs);
  for (const [index, record] of records.entries()) await applyRecord(file, record, index);
}

/** Numbers and names go into indexes, which take no text of any length; the interface's own have 255 characters at most. */
const longestText = 512;

const isBeyond = (subject: AuthorityRecord['subject'], services: AuthorityRecord['services']): boolean =>
  [
    subject.number,
    subject.name,
    subject.certificateNumber,
    ...services.flatMap(({ number, name, domains }) => [number, name, ...domains.map((each) => each.name)]),
  ].some((each) => (each?.length ?? 0) > longestText);

/** As names are here, so that it is found by its name however the authority writes it; what is no name stays as it is. */
const asHere = (name: string): string => normaliseHost(name).host ?? name;

async function applyRecord(file: AppliedFile, from: RecordToRead, index: number): Promise<void> {
  const { options, ledger, line, at, downloadId } = file;
  const { subject, services } = recordOf(from);
  if (subject.id === null || isBeyond(subject, services)) {
    await keepCase(file, { kind: 'incomplete', about: `${downloadId}:record:${index}`, content: from });
    return;
  }
  const { provider, provinceCode } = line;
  const subjectId = subject.id;
  const paperId = await putPaper(options, ledger, from);
  const row = {
    provider,
    provinceCode,
    subjectId,
    subjectNumber: subject.number,
    ownSubject: subject.ownId,
    paperId,
    asOf: at,
  };
  const known = services.flatMap(({ id, number, ownId, name, domains, accesses }) => {
    if (id === null) return [];
    const own = accesses.find((access) => access.provider === options.unit);
    const [domain] = domains;
    return [
      {
        serviceId: id,
        subjectId,
        serviceNumber: number,
        ownService: ownId,
        accessId: own?.id ?? null,
        domainId: domain?.id ?? null,
        domainName: domain?.name == null ? null : asHere(domain.name),
        serviceName: name,
        domainNames: domains.flatMap(({ name: each }) => (each === null ? [] : asHere(each))),
        hasAccess: own !== undefined,
      },
    ];
  });
  const unneeded = await ledger.putSubject(row, known);
  if (unneeded !== null) await ledger.deletePaper(unneeded);
  const own = { subject: subject.ownId, services: services.flatMap(({ ownId }) => ownId ?? []) };
  await approveWaiting(file, ledger, line, own);
}

/** Approvals that came before the numbers. */
async function approveWaiting(
  file: AppliedFile,
  ledger: Ledger,
  line: LineKey,
  own: { readonly subject: number | null; readonly services: readonly number[] },
): Promise<void> {
  for (const handover of await ledger.listByOwnIds(line, own)) {
    if (handover.state === 'awaiting_numbers') await approve(file, handover, file.downloadId);
  }
}
