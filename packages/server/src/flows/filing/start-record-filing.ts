import { dayOf } from '@openbeian/model/calendar';
import { natureOf } from '@openbeian/model/code-tables';
import {
  type AuthorityKind,
  filingKindTable,
  type Precondition,
  preconditionTexts,
  type StartingFacts,
  type SubjectKind,
  unmetBy,
} from '@openbeian/model/filing';
import { fieldsOf, formFor } from '@openbeian/model/forms';
import { parseFilingNumbers } from '@openbeian/model/number';
import type { DemandRow, FilingRow, ServiceRecordRow, SubjectRecordRow } from '../../ports/index.ts';
import type { CommandRequest } from '../command/once-for-key.ts';
import { onceForKey } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { beginFiling, refuseWithoutPlace } from './begin-filing.ts';
import { filingViewOf } from './filing-view.ts';
import { sealValues } from './form-values.ts';
import { refuseCertificate } from './start-filing.ts';
import { normalCertificateNumber, subjectText } from './subject-text.ts';
import { valuesOnRecord } from './values-on-record.ts';

/** What somebody wants of a record: to put something right, to end it, or to be served elsewhere only. */
type RecordWish = 'change' | 'cancel' | 'end_access';

/** Who the organiser is now, where its certificate or nature is not the one on record any more. */
interface Becomes {
  readonly subjectKind: SubjectKind;
  readonly nature?: string | undefined;
  readonly certificateType: string;
  readonly certificateNumber: string;
}

interface StartRecordFilingInput {
  /** An organiser's number, or a service's. */
  readonly number: string;
  readonly wants: RecordWish;
  readonly becomes?: Becomes | undefined;
}

type StartFault =
  | 'object.not_found'
  | 'account.not_verified'
  | 'filing.too_many_drafts'
  | 'filing.already_open'
  | 'filing.precondition_unmet'
  | 'filing.subject_in_other_account';

/**
 * Starts a filing about something on record: which one follows from whose number it is, what is wanted, and whether a correction is
 * demanded. Its form begins with what was filed last; what is on record stays as it is until the authority approves.
 * `input.invalid` when the number is none, or the new certificate is malformed or not asked for.
 */
export const startRecordFiling = commandInParts(
  {
    id: 'startRecordFiling',
    faults: [
      'object.not_found',
      'account.not_verified',
      'filing.too_many_drafts',
      'filing.already_open',
      'filing.precondition_unmet',
      'filing.subject_in_other_account',
    ],
  },
  async (request: CommandRequest<StartFault>, input: StartRecordFilingInput) => {
    const accountId = ownAccount(request.actor);
    const number = canonicalNumber(request, input.number);
    return onceForKey(request, { ...input, number }, async (step) => {
      await refuseWithoutPlace(step, accountId);
      // Held, so that nothing ends or moves the record while its filing is begun.
      await step.tx.records.hold();
      const found = await recordOf(step, number, accountId);
      const kind = kindFor(step, input, found);
      refuseUnmet(step, kind, await factsOf(step, found));
      const filing = await beginFiling(step, await beginningOf(step, kind, found, input));
      return { filing: filingViewOf(step.deps, filing, step.actor) };
    });
  },
);

interface Found {
  readonly subject: SubjectRecordRow;
  readonly service: ServiceRecordRow | null;
  readonly demand: DemandRow | null;
}

function canonicalNumber(request: Pick<CommandRequest<StartFault>, 'at' | 'fault'>, text: string): string {
  const { numbers } = parseFilingNumbers(text, dayOf(request.at));
  const [found] = numbers.length === 1 ? numbers : [];
  if (found !== undefined && found.kind !== 'public_security') return found.canonical;
  const places = [
    {
      path: 'number',
      expected: 'the number of an organiser or of a service, e.g. 粤ICP备2026000123号-1',
      expectedZh: '应为主体备案号或网站、APP 备案号，例如 粤ICP备2026000123号-1',
    },
  ];
  throw request.fault('input.invalid', { places });
}

/** The account's own, and in force. @throws Fault `object.not_found` */
async function recordOf({ tx, fault }: Step<'object.not_found'>, number: string, accountId: string): Promise<Found> {
  const service = await tx.records.findServiceByNumber(number);
  const subject =
    service === null
      ? await tx.records.findSubjectByNumber(number)
      : await tx.records.findSubject(service.subjectRecordId);
  const isOwn = subject !== null && subject.accountId === accountId && subject.cancelledAt === null;
  if (!isOwn || service?.state === 'cancelled') throw fault('object.not_found');
  const demand = service === null ? null : await tx.demands.findOpen(service.number);
  return { subject, service, demand };
}

function kindFor(
  { fault }: Step,
  { wants, becomes }: StartRecordFilingInput,
  { service, demand }: Found,
): AuthorityKind {
  const refuse = (path: string, expected: string, expectedZh: string): never => {
    throw fault('input.invalid', { places: [{ path, expected, expectedZh }] });
  };
  if (service === null) {
    if (wants === 'end_access')
      return refuse(
        'number',
        'the number of a service: access is ended service by service',
        '应为网站或 APP 备案号：接入按网站或 APP 逐个取消',
      );
    if (wants === 'cancel' && becomes !== undefined)
      return refuse('becomes', 'nothing, unless the organiser is changed', '仅变更主体时可填');
    return wants === 'cancel' ? 'cancel_subject' : 'change_filing';
  }
  if (becomes !== undefined)
    return refuse(
      'number',
      'the organiser’s number: its certificate is changed for all its services',
      '应为主体备案号：证件对其全部服务一并变更',
    );
  if (wants === 'cancel') return 'cancel_site';
  if (wants === 'end_access') return 'cancel_access';
  return demand === null ? 'change_site' : 'correction';
}

async function factsOf({ deps, tx }: Step, { subject, service, demand }: Found): Promise<StartingFacts> {
  const services = await tx.records.listServicesOfSubject(subject.id);
  const others = services.filter(({ id, state }) => state === 'filed' && id !== service?.id);
  const openFilings = await tx.filings.countOpenOfSubject({
    accountId: subject.accountId,
    subjectHash: subject.subjectHash,
    subjectNumber: subject.number,
  });
  return {
    subject: { filed: true, here: true, changed: false },
    service: {
      filed: service?.state === 'filed',
      here: service?.accesses.includes(deps.provider) === true,
    },
    otherServices: others.length,
    openFilings,
    demanded: demand !== null,
    targetReady: false,
  };
}

function refuseUnmet(
  step: Step<'filing.precondition_unmet' | 'filing.already_open'>,
  kind: AuthorityKind,
  facts: StartingFacts,
): void {
  const unmet = unmetBy(kind, facts);
  if (unmet.length === 0) return;
  if (unmet.every((one) => one === 'nothing_open')) throw step.fault('filing.already_open');
  throw step.fault('filing.precondition_unmet', { reasons: unmet.map(reasonOf) });
}

const reasonOf = (code: Precondition) => ({ code: `filing.${code}`, message: preconditionTexts[code] });

type BeginFault = 'filing.subject_in_other_account' | 'filing.precondition_unmet';

async function beginningOf(
  step: Step<BeginFault>,
  kind: AuthorityKind,
  { subject, service, demand }: Found,
  { becomes }: StartRecordFilingInput,
): Promise<Parameters<typeof beginFiling>[1]> {
  const { deps, tx } = step;
  const numbers = { subjectNumber: subject.number, serviceNumber: service?.number ?? null };
  const onRecord = await valuesOnRecord(step, { kind, ...numbers });
  const last = await tx.filings.findLastFiledOf(
    service === null ? { subjectNumber: subject.number } : { serviceNumber: service.number },
  );
  if (last === null || onRecord === null) throw step.fault('filing.precondition_unmet', { reasons: [unknownHere] });
  const changed = becomes === undefined ? null : await newCertificate(step, subject, becomes);
  const id = deps.ids.next('fil');
  const start = {
    id,
    accountId: subject.accountId,
    kind,
    domainName: filingKindTable[kind].about === 'subject' ? '' : (service?.domainName ?? ''),
    serviceKind: service?.serviceKind ?? last.serviceKind,
    subjectKind: changed?.subjectKind ?? subject.subjectKind,
    provinceCode: subject.provinceCode,
    subjectHash: subject.subjectHash,
    ...numbers,
    findings: kind === 'correction' && demand !== null ? demand.findings : [],
    nameProvenAt: null,
    toldKind: null,
  };
  return { ...start, form: sealedForm(step, start, { ...onRecord, ...changed?.values }) };
}

const unknownHere = {
  code: 'filing.not_filed_through_us',
  message: {
    zh: '该备案不是在本系统办理的，没有可沿用的资料，请联系运营人员补录。',
    en: 'This record was not filed here, so its data is not known. Ask an operator to enter it.',
  },
};

/** Sealed with the full form's definition, whatever of it this filing shows. */
function sealedForm(
  { deps, at }: Step,
  start: Pick<FilingRow, 'id' | 'domainName' | 'serviceKind' | 'subjectKind' | 'provinceCode'>,
  values: Readonly<Record<string, unknown>>,
): FilingRow['form'] {
  const { divisions } = deps;
  const tables = deps.codeTablesOf(start.provinceCode);
  const whole = formFor({ ...start, kind: 'first', at: dayOf(at), tables, divisions });
  return sealValues(deps, start.id, values, fieldsOf(whole));
}

/** @throws Fault `filing.subject_in_other_account` when the new certificate is on record for another organiser here */
async function newCertificate(step: Step<BeginFault>, subject: SubjectRecordRow, becomes: Becomes) {
  const { deps, tx } = step;
  const certificateNumber = normalCertificateNumber(becomes.certificateNumber);
  const { subjectKind, certificateType } = becomes;
  const given = { ...becomes, certificateNumber, serviceKind: 'website', provinceCode: subject.provinceCode } as const;
  refuseCertificate(step, given, 'becomes.');
  for (const hash of deps.vault.hashes(subjectText(certificateType, certificateNumber), 'subject')) {
    const other = await tx.records.findSubjectByHash(hash);
    if (other !== null && other.id !== subject.id) throw step.fault('filing.subject_in_other_account');
  }
  const nature =
    becomes.nature ?? natureOf(deps.codeTablesOf(subject.provinceCode), subjectKind, certificateType, dayOf(step.at));
  return {
    subjectKind,
    values: {
      'subject.nature': nature,
      'subject.certificateType': certificateType,
      'subject.certificateNumber': certificateNumber,
      // Of the former certificate.
      'subject.certificateValidFrom': '',
      'subject.certificateValidTo': '',
    },
  };
}
