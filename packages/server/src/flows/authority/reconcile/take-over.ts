import { dayOf } from '@openbeian/model/calendar';
import { rowsOn, valueOf } from '@openbeian/model/code-tables';
import { normaliseHost } from '@openbeian/model/domain-name';
import type { CancellationScope } from '@openbeian/model/filing';
import { divisionOf, parseFilingNumbers, subjectNumberOf } from '@openbeian/model/number';
import type { Difference, DifferenceKind } from '@openbeian/model/reconciliation';
import {
  type FiledOrganiser,
  type FiledRecordRow,
  type RecordToCompare,
  type SubjectRecordRow,
  sealingContexts,
} from '../../../ports/index.ts';
import type { Step } from '../../command/step.ts';
import { subjectText } from '../../filing/subject-text.ts';
import { applyCancellation } from '../../record/apply-cancellation.ts';
import { natureOfOrganiser } from './nature-of-organiser.ts';

type TakeOverFault = 'authority.repair_unfit' | 'object.not_found' | 'record.number_conflict';
type TakeOverStep = Step<TakeOverFault>;

interface ToTakeOver {
  readonly differenceId: string;
  readonly difference: Difference;
  readonly record: RecordToCompare | null;
  readonly filed: FiledRecordRow | null;
  readonly organiser: FiledOrganiser | null;
  /** Whose what is not on record here is to be; null: whoever has the organiser. */
  readonly accountId: string | null;
}

/** Writes the authority’s word into the records here; gates follow. The caller holds the records. @returns the number of what was written */
export async function takeOver(step: TakeOverStep, what: ToTakeOver): Promise<string> {
  const { record, difference } = what;
  if (record === null) return enter(step, what);
  await acts[difference.kind](step, { ...what, record });
  return record.number;
}

type OfRecord = ToTakeOver & { readonly record: RecordToCompare };

const acts: Readonly<Record<DifferenceKind, (step: TakeOverStep, what: OfRecord) => Promise<void>>> = {
  missing_there: (step, what) => cancel(step, what, 'service'),
  cancelled_there: (step, what) => cancel(step, what, 'service'),
  access_missing_there: (step, what) => cancel(step, what, 'access'),
  in_force_there: restore,
  missing_here: async (step) => {
    throw step.fault('authority.repair_unfit');
  },
  number_differs: renumber,
  holder_differs: (step, what) => changeSubject(step, what, { name: what.difference.theirs ?? '' }),
  certificate_differs: changeCertificate,
  service_name_differs: (step, what) => changeService(step, what, { serviceName: what.difference.theirs ?? '' }),
  domain_differs: changeDomain,
  access_only_there: async ({ deps, tx, at }, { record }) => {
    const tie = { serviceRecordId: record.id, provider: deps.provider, resourceId: null, filingId: null, at };
    await tx.records.putAccess({ id: deps.ids.next('acs'), ...tie });
  },
};

async function cancel(step: TakeOverStep, { record, differenceId }: OfRecord, scope: CancellationScope): Promise<void> {
  const provider = scope === 'access' ? step.deps.provider : null;
  await applyCancellation(step, { scope, number: record.number, provider }, { differenceId });
}

/** In force again, with its organiser, unless the name or the organiser is on record here otherwise by now. */
async function restore(step: TakeOverStep, { record }: OfRecord): Promise<void> {
  const subject = await subjectOf(step, record);
  const other = await step.tx.records.findSubjectByHash(subject.subjectHash);
  if (other !== null && other.id !== subject.id) throw conflict(step, subject.number);
  await refuseTaken(step, record, record.domainName);
  await step.tx.records.putSubject(subject);
  await changeService(step, { record }, { state: 'filed' });
}

async function subjectOf({ tx }: TakeOverStep, record: RecordToCompare): Promise<SubjectRecordRow> {
  const subject = await tx.records.findSubject(record.subjectRecordId);
  if (subject === null) throw new Error(`${record.subjectRecordId} is referred to and missing`);
  return subject;
}

/** The service’s number; where the organiser’s is another one too, also that. */
async function renumber(step: TakeOverStep, { record, difference }: OfRecord): Promise<void> {
  const { tx, deps } = step;
  const numbers = numbersOf(step, difference.theirs, record.provinceCode);
  if ((await tx.records.findServiceByNumber(numbers.service)) !== null) throw conflict(step, numbers.service);
  const subject = await subjectOf(step, record);
  let subjectId = subject.id;
  if (subject.number !== numbers.subject) {
    const known = await tx.records.findSubjectByNumber(numbers.subject);
    // One that has ended, or is another organiser’s, is not given what is in force.
    const isOther = known !== null && (known.cancelledAt !== null || known.subjectHash !== subject.subjectHash);
    if (isOther || (known !== null && known.accountId !== subject.accountId)) throw conflict(step, numbers.subject);
    if (known === null) {
      const name = deps.vault.open(subject.sealedName, sealingContexts.subjects(subject.number));
      const sealedName = deps.vault.seal(name, sealingContexts.subjects(numbers.subject));
      await tx.records.renumberSubject(subject.id, numbers.subject, sealedName);
    } else subjectId = known.id;
  }
  await tx.records.renumberService(record.id, numbers.service, subjectId);
}

/** @throws Fault `authority.repair_unfit` where it is no number of a service of that province */
function numbersOf(step: TakeOverStep, text: string | null, provinceCode: string) {
  const { numbers } = parseFilingNumbers(text ?? '', dayOf(step.at));
  const [number] = numbers.length === 1 ? numbers : [];
  if (number === undefined || number.kind === 'public_security' || number.serviceKind !== 'website') {
    throw step.fault('authority.repair_unfit');
  }
  const division = number.province === null ? undefined : divisionOf(number.province);
  if (division === undefined || !provinceCode.startsWith(division)) throw step.fault('authority.repair_unfit');
  return { service: number.canonical, subject: subjectNumberOf(number) };
}

async function changeSubject(
  step: TakeOverStep,
  { record }: Pick<OfRecord, 'record'>,
  { name, subjectHash }: { readonly name?: string; readonly subjectHash?: string },
): Promise<void> {
  const { tx, deps } = step;
  const subject = await subjectOf(step, record);
  const isUnit = subject.subjectKind !== 'individual';
  await tx.records.putSubject({
    ...subject,
    ...(subjectHash !== undefined && { subjectHash }),
    ...(name !== undefined && {
      unitName: isUnit ? name : null,
      sealedName: deps.vault.seal(name, sealingContexts.subjects(subject.number)),
    }),
  });
}

/** What was counted for the organiser goes along with the new certificate. */
async function changeCertificate(step: TakeOverStep, { record, organiser }: OfRecord): Promise<void> {
  const subjectHash = hashOf(step, organiser, record.provinceCode);
  const other = await step.tx.records.findSubjectByHash(subjectHash);
  if (other !== null && other.id !== record.subjectRecordId) throw conflict(step, other.number);
  await step.tx.records.moveHolder(record.subjectHash, subjectHash);
  await changeSubject(step, { record }, { subjectHash });
}

/** Under the key of now first. */
function hashesOf(step: TakeOverStep, organiser: FiledOrganiser | null, provinceCode: string): readonly string[] {
  const { deps, at } = step;
  const row = rowsOn(deps.codeTablesOf(provinceCode).certificates, dayOf(at)).find(
    ({ id }) => id === organiser?.certificateId,
  );
  const number = organiser?.certificateNumber ?? null;
  if (row === undefined || number === null) throw step.fault('authority.repair_unfit');
  return deps.vault.hashes(subjectText(valueOf(row), number), 'subject');
}

function hashOf(step: TakeOverStep, organiser: FiledOrganiser | null, provinceCode: string): string {
  const [hash] = hashesOf(step, organiser, provinceCode);
  if (hash === undefined) throw new Error('a text has a hash under the key of now');
  return hash;
}

async function changeService(
  { tx }: TakeOverStep,
  { record }: Pick<OfRecord, 'record'>,
  change: { readonly serviceName?: string; readonly domainName?: string; readonly state?: 'filed' },
): Promise<void> {
  const { id, number, subjectRecordId, serviceKind, serviceName, domainName, state, recordedAt } = record;
  const row = { id, number, subjectRecordId, serviceKind, serviceName, domainName, state, recordedAt };
  await tx.records.putService({ ...row, ...change });
}

/** A record here has one name. */
async function changeDomain(step: TakeOverStep, { record, filed }: OfRecord): Promise<void> {
  const [domainName, ...more] = filed?.domainNames ?? [];
  if (domainName === undefined || more.length > 0) throw step.fault('authority.repair_unfit');
  refuseNoName(step, domainName);
  await refuseTaken(step, record, domainName);
  await changeService(step, { record }, { domainName });
}

/** What the authority has with our access and nobody has entered here: for the organiser’s account, or the one that is named. */
async function enter(step: TakeOverStep, { filed, organiser, accountId }: ToTakeOver): Promise<string> {
  const { deps, tx, at } = step;
  const [domainName, ...more] = filed?.domainNames ?? [];
  const nature = natureOfOrganiser(step, organiser, filed?.provinceCode ?? '');
  const name = organiser?.name ?? null;
  if (filed === null || name === null || nature === undefined || domainName === undefined || more.length > 0) {
    throw step.fault('authority.repair_unfit');
  }
  const numbers = numbersOf(step, filed.serviceNumber, filed.provinceCode);
  refuseNoName(step, domainName);
  const subjectHash = hashOf(step, organiser, filed.provinceCode);
  await refuseTaken(step, null, domainName);
  const known =
    (await tx.records.findSubjectByHash(subjectHash)) ?? (await tx.records.findSubjectByNumber(numbers.subject));
  const owner = accountId ?? known?.accountId ?? null;
  if (owner === null) throw step.fault('authority.repair_unfit');
  // By its number alone it may be another organiser’s.
  const isOther =
    known !== null &&
    known.cancelledAt === null &&
    !hashesOf(step, organiser, filed.provinceCode).includes(known.subjectHash);
  if (known !== null && (isOther || known.number !== numbers.subject || known.accountId !== owner))
    throw conflict(step, known.number);
  if (known === null && (await tx.accounts.find(owner)) === null) throw step.fault('object.not_found');
  const subject =
    known !== null && known.cancelledAt === null
      ? known
      : await tx.records.putSubject({
          id: deps.ids.next('sbj'),
          number: numbers.subject,
          accountId: owner,
          subjectKind: nature.subjectKind,
          subjectHash,
          unitName: nature.subjectKind === 'individual' ? null : name,
          sealedName: deps.vault.seal(name, sealingContexts.subjects(numbers.subject)),
          provinceCode: filed.provinceCode,
          recordedAt: at,
        });
  const service = await tx.records.putService({
    id: deps.ids.next('srv'),
    number: numbers.service,
    subjectRecordId: subject.id,
    serviceKind: 'website',
    serviceName: filed.serviceName ?? domainName,
    domainName,
    state: 'filed',
    recordedAt: at,
  });
  const tie = { serviceRecordId: service.id, provider: deps.provider, resourceId: null, filingId: null, at };
  await tx.records.putAccess({ id: deps.ids.next('acs'), ...tie });
  return numbers.service;
}

/** Records and gates know names as they can be registered, in one way of writing. */
function refuseNoName(step: TakeOverStep, domainName: string): void {
  if (normaliseHost(domainName).registrableName !== domainName) throw step.fault('authority.repair_unfit');
}

/** A name that another record in force has. */
async function refuseTaken(step: TakeOverStep, record: RecordToCompare | null, domainName: string): Promise<void> {
  const other = await step.tx.records.findServiceByDomainName(domainName, 'website');
  if (other === null || other.id === record?.id || other.state === 'cancelled') return;
  throw conflict(step, other.number);
}

const conflict = (step: TakeOverStep, number: string) =>
  step.fault('record.number_conflict', {
    detail: {
      zh: `${number} 已登记给其他主体、账号或域名。`,
      en: `${number} is on record for another organiser, account or domain.`,
    },
  });
