import { dayOf } from '@openbeian/model/calendar';
import { isFault } from '@openbeian/model/fault';
import {
  type OpeningKind,
  openingKinds,
  type Route,
  type RouteCase,
  type RouteRules,
  routeFiling,
} from '@openbeian/model/filing';
import { checkForm, formLimitsOn } from '@openbeian/model/forms';
import { parseFilingNumbers } from '@openbeian/model/number';
import type {
  Authority,
  AuthorityStatus,
  AuthorityStatusQuestion,
  FilingRow,
  ServiceRecordRow,
  SubjectRecordRow,
} from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { recordFilingEvent } from '../command/events.ts';
import { type CommandRequest, onceForKeyAsking } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { FlowRequest, Step } from '../command/step.ts';
import { emptyDraftDueAt } from './due-at.ts';
import { filingViewOf } from './filing-view.ts';
import { initialFormOf } from './initial-form.ts';
import { filingKindFlows } from './kinds.ts';
import { provenSince } from './name-proof.ts';
import { registrableName } from './registrable-name.ts';
import type { StartFilingInput } from './start-filing-input.ts';
import { normalCertificateNumber, subjectText } from './subject-text.ts';

type Carried = Readonly<Record<string, unknown>>;

type StartFault =
  | 'account.not_verified'
  | 'filing.too_many_drafts'
  | 'filing.not_needed'
  | 'filing.kind_not_offered'
  | 'filing.already_open'
  | 'idempotency.in_progress';

/**
 * Starts a filing: from the name, the subject's certificate and what is on record here and at the authority it
 * determines the filing's kind (验证备案类型), and opens the filing. What is on record of a certificate is told to an account
 * that has shown to be the subject: it has filed as the subject here, or knows its number. Any other is told what the name
 * alone says, the same for a certificate that nobody knows and for one that is filed; the review shows who it is.
 * `input.invalid` when the name or certificate is malformed.
 */
export const startFiling = commandInParts(
  {
    id: 'startFiling',
    faults: [
      'account.not_verified',
      'filing.too_many_drafts',
      'filing.not_needed',
      'filing.kind_not_offered',
      'filing.already_open',
      'authority.unreachable',
      'idempotency.in_progress',
    ],
  },
  (request, given: StartFilingInput) => startWith(request, given),
);

type StartRequest = CommandRequest<StartFault | 'authority.unreachable'>;

/**
 * As `startFiling`.
 * @param carried values that the form begins with besides, by field path
 * @param asked what the request was, where it was not `given` itself
 */
export async function startWith(
  request: StartRequest,
  given: StartFilingInput,
  { carried = {}, asked }: { readonly carried?: Carried; readonly asked?: unknown } = {},
) {
  const accountId = ownAccount(request.actor);
  const input = {
    ...given,
    domainName: registrableName(given.domainName),
    certificateNumber: normalCertificateNumber(given.certificateNumber),
  };
  refuseCertificate(request, input);
  return onceForKeyAsking(request, asked ?? input, {
    // First of all: whoever is not known, or has its drafts, is asked about nowhere.
    before: (step) => refuseWithoutPlace(step, accountId),
    ask: () => statusElsewhere(request.deps.authority, input),
    work: async (step, elsewhere) => {
      const subjectHash = await subjectHashOf(step, input);
      const known = {
        ...elsewhere,
        ...(await recordsHere(step, { accountId, subjectHash, domainName: input.domainName })),
      };
      // As it was typed: what is below a platform's domain is not ours to cut.
      const typed = { ...input, domainName: given.domainName, accountId };
      const { told, route, facts, isShown } = routesOf(step, typed, known);
      const toldKind = openingKindOf(step, told, facts);
      const kind = openingKinds.find((one) => one === route.filing) ?? toldKind;
      const start = { ...input, accountId, subjectHash, kind, toldKind: isShown ? null : toldKind };
      const filing = await openFiling(step, { ...start, carried }, known);
      return { filing: filingViewOf(step.deps, filing, step.actor), route: told };
    },
  });
}

async function refuseWithoutPlace(
  step: Step<'account.not_verified' | 'filing.too_many_drafts'>,
  accountId: string,
): Promise<void> {
  await refuseUnverified(step, accountId);
  await refuseTooManyDrafts(step, accountId);
}

/** A filing of somebody unknown would keep the name's or the certificate's owner out. @throws Fault `account.not_verified` */
async function refuseUnverified({ tx, fault }: Step<'account.not_verified'>, accountId: string): Promise<void> {
  const account = await tx.accounts.find(accountId);
  if (account === null || account.realName === 'none') throw fault('account.not_verified');
}

/** Holds the account's other starts until this one has its row, so that no two take the last place. */
export async function refuseTooManyDrafts(
  { deps, tx, fault }: Step<'filing.too_many_drafts'>,
  accountId: string,
): Promise<void> {
  await tx.accounts.lock(accountId);
  const counts = await tx.filings.countByState({ accountId, states: ['draft'] });
  if ((counts.get('draft') ?? 0) >= deps.drafts.perAccount) throw fault('filing.too_many_drafts');
}

interface Elsewhere {
  readonly subjectElsewhere: AuthorityStatus;
  readonly nameElsewhere: AuthorityStatus;
}
interface Here {
  readonly subjectHere: SubjectRecordRow | null;
  readonly serviceHere: ServiceRecordRow | null;
  readonly ownerHere: SubjectRecordRow | null;
  /** The account manages records here, whoever's they are. */
  readonly hasRecordsHere: boolean;
}

async function statusElsewhere(
  authority: Authority,
  { domainName, certificateType, certificateNumber }: StartFilingInput,
): Promise<Elsewhere> {
  const [subjectElsewhere, nameElsewhere] = await Promise.all([
    askStatus(authority, { by: 'certificate', certificateType, certificateNumber }),
    askStatus(authority, { by: 'domain_name', domainName }),
  ]);
  return { subjectElsewhere, nameElsewhere };
}

/** A person is waiting: a short interruption of the authority's line is bridged, a lasting one is reported. */
const statusAttempts = 3;

async function askStatus(authority: Authority, question: AuthorityStatusQuestion): Promise<AuthorityStatus> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await authority.findStatus(question);
    } catch (error) {
      if (attempt === statusAttempts || !isFault(error, 'authority.unreachable')) throw error;
    }
  }
}

/** One subject has one hash here, even after key rotations: records and open filings are found under it. */
async function subjectHashOf({ deps, tx }: Step, input: StartFilingInput): Promise<string> {
  const text = subjectText(input.certificateType, input.certificateNumber);
  const [newest = '', ...former] = deps.vault.hashes(text, 'subject');
  for (const hash of former) await tx.keys.moveSubject(hash, newest);
  return newest;
}

async function recordsHere(
  step: Step,
  { accountId, subjectHash, domainName }: Readonly<Record<'accountId' | 'subjectHash' | 'domainName', string>>,
): Promise<Here> {
  const { records } = step.tx;
  const subject = await records.findSubjectByHash(subjectHash);
  const serviceHere = await records.findServiceByDomainName(domainName);
  const ownerHere = serviceHere === null ? null : await records.findSubject(serviceHere.subjectRecordId);
  // Another account's subject is told to nobody here; submitting is refused.
  const subjectHere = subject?.accountId === accountId ? subject : null;
  const hasRecordsHere = (await records.listServices({ accountId, limit: 1 })).length > 0;
  return { subjectHere, serviceHere, ownerHere, hasRecordsHere };
}

/** Filings are made for the mainland, on servers: a CDN in front of one needs nothing of its own. */
const ownHosting: RouteRules = { placeOf: () => 'mainland', anyNumberSource: () => null };

type Asked = StartFilingInput & { readonly accountId: string };

/**
 * By everything that is known, and as the account is told it: the same where it has shown to be the subject. `facts` are those
 * of what it is told.
 */
function routesOf(
  step: Step,
  asked: Asked,
  known: Elsewhere & Here,
): { readonly route: Route; readonly told: Route; readonly facts: RouteCase; readonly isShown: boolean } {
  const { subjectHere, subjectElsewhere, nameElsewhere } = known;
  const facts = routeCaseOf(step, asked, known);
  const route = routeFiling(facts, ownHosting);
  const isShown = subjectHere !== null || isNumberOf(step, asked.subjectNumber, subjectElsewhere.subjectNumber);
  if (isShown) return { route, told: route, facts, isShown };
  // As if whoever asks had filed the name, where it is filed: what is on record of a name is public.
  const unshown = { ...subjectElsewhere, filed: nameElsewhere.filed, subjectNumber: null };
  const toldFacts = routeCaseOf(step, asked, { ...known, subjectElsewhere: unshown });
  return { route, told: routeFiling(toldFacts, ownHosting), facts: toldFacts, isShown };
}

/** Is the number that the customer gave the one on record? Written in any way that a form takes. */
function isNumberOf({ at }: Step, given: string | undefined, onRecord: string | null): boolean {
  if (given === undefined || onRecord === null) return false;
  const canonical = (text: string) => parseFilingNumbers(text, dayOf(at)).numbers.map((number) => number.canonical);
  const [known] = canonical(onRecord);
  const read = canonical(given);
  return known !== undefined && read.length === 1 && read[0] === known;
}

function routeCaseOf(
  { deps }: Step,
  { domainName, serviceKind, subjectChanged, accountId }: Asked,
  known: Elsewhere & Here,
): RouteCase {
  const { serviceHere, ownerHere, nameElsewhere } = known;
  const isFiled = serviceHere?.state === 'filed';
  const here = isFiled && serviceHere.accesses.includes(deps.provider);
  return {
    domain: domainName,
    purpose: serviceKind === 'app' ? 'app_backend' : 'web',
    // Which product serves it decides nothing (see routeFiling); the resource is chosen later in the form.
    hosting: { provider: deps.provider, product: 'any', region: 'cn-mainland', hostname: 'custom' },
    subject: subjectFacts(known, subjectChanged),
    record: {
      exists: isFiled || nameElsewhere.filed,
      here,
      sameAccount: here && ownerHere?.accountId === accountId,
      ofOtherSubject: isOfOtherSubject(known),
    },
    intent: 'open',
  };
}

/** Who was filed with another certificate is on record, though not under this one; with this one nothing has changed. */
function subjectFacts(
  { subjectHere, subjectElsewhere, hasRecordsHere }: Elsewhere & Here,
  subjectChanged: StartFilingInput['subjectChanged'],
): RouteCase['subject'] {
  if (subjectHere !== null || subjectElsewhere.filed) return { filed: true, here: subjectHere !== null };
  if (subjectChanged === undefined) return { filed: false, here: false };
  return { filed: true, here: hasRecordsHere, changed: subjectChanged };
}

/** By our own records, else by the numbers that the authority names; undefined where neither tells. */
function isOfOtherSubject({
  subjectHere,
  serviceHere,
  subjectElsewhere,
  nameElsewhere,
}: Elsewhere & Here): boolean | undefined {
  if (serviceHere?.state === 'filed') return serviceHere.subjectRecordId !== subjectHere?.id;
  if (!nameElsewhere.filed) return false;
  const own = subjectHere?.number ?? subjectElsewhere.subjectNumber;
  const owner = nameElsewhere.subjectNumber;
  return own === null || owner === null ? undefined : own !== owner;
}

function openingKindOf(step: FlowRequest<StartFault>, route: Route, { record }: RouteCase): OpeningKind {
  const kind = openingKinds.find((one) => one === route.filing);
  // Somebody else's record here keeps the domain until it is cancelled.
  const isTaken = record.here && record.ofOtherSubject === true;
  if (kind !== undefined && !isTaken) return kind;
  const isNeedless = route.filing === 'none' || route.filing === 'elsewhere';
  throw step.fault(isNeedless ? 'filing.not_needed' : 'filing.kind_not_offered', { reasons: route.reasons });
}

async function openFiling(
  step: Step<'filing.already_open' | 'filing.too_many_drafts'>,
  {
    carried,
    ...start
  }: StartFilingInput &
    Pick<FilingRow, 'accountId' | 'subjectHash' | 'kind' | 'toldKind'> & { readonly carried: Carried },
  { subjectHere, serviceHere, subjectElsewhere, nameElsewhere }: Elsewhere & Here,
): Promise<FilingRow> {
  const { deps, tx, at } = step;
  const { accountId, domainName, subjectHash, serviceKind, subjectKind, provinceCode, kind, toldKind } = start;
  // Asked again: another start may have taken the last place while the authority was asked.
  await refuseTooManyDrafts(step, accountId);
  const id = deps.ids.next('fil');
  const { kind: _kind, toldKind: _told, subjectNumber: _number, ...given } = start;
  const form = { ...given, filingId: id };
  const { onRecord, initialForm } = filingKindFlows[kind];
  const subjectNumber = subjectHere?.number ?? subjectElsewhere.subjectNumber;
  const serviceNumber = serviceHere?.number ?? nameElsewhere.serviceNumber;
  const filing: FilingRow = {
    id,
    accountId,
    provider: deps.provider,
    kind,
    state: 'draft',
    version: 1,
    domainName,
    serviceKind,
    subjectKind,
    provinceCode,
    subjectHash,
    subjectNumber: onRecord === 'nothing' ? null : subjectNumber,
    serviceNumber: onRecord === 'subject_and_service' ? serviceNumber : null,
    resourceId: null,
    codeId: null,
    spendId: null,
    form: initialFormOf(step, form, { ...(await initialForm(step, form)), ...carried }),
    findings: [],
    submissionId: null,
    submittedBy: null,
    startedAt: at,
    updatedAt: at,
    dueAt: emptyDraftDueAt(at, deps.drafts.emptyDays),
    nameProvenAt: await provenSince(step, start),
    lapsedAt: null,
    subjectGivenAt: null,
    setAsideAt: null,
    toldKind,
    claim: null,
  };
  if (!(await tx.filings.insert(filing))) throw step.fault('filing.already_open');
  const detail = { kind, domainName };
  await recordFilingEvent(step, id, 'FilingStarted', detail);
  await recordAudit(step, 'FilingStarted', { kind: 'filing', id }, detail);
  return filing;
}

const otherCertificateType = {
  zh: '请选择与主办单位性质相符的证件类型，或更正主办单位性质。',
  en: 'Choose a certificate type that goes with the organiser’s type, or correct that type.',
};

/** The certificate is what everything is looked up by: a typing mistake is refused at once, not at the end. */
function refuseCertificate(request: FlowRequest, input: StartFilingInput): void {
  const { deps, at } = request;
  const context = {
    kind: 'first' as const,
    subjectKind: input.subjectKind,
    serviceKind: input.serviceKind,
    provinceCode: input.provinceCode,
    domainName: '',
    at: dayOf(at),
    limits: formLimitsOn(deps.formLimits, dayOf(at)),
    provinceRules: deps.provinceRules(input.provinceCode),
    tables: deps.codeTables,
    divisions: deps.divisions,
  };
  const values = {
    ...(input.nature === undefined ? {} : { 'subject.nature': input.nature }),
    'subject.certificateType': input.certificateType,
    'subject.certificateNumber': input.certificateNumber,
  };
  const places = checkForm(values, context)
    .filter((finding) => finding.from !== 'advice' && finding.field !== null && finding.field in values)
    .map(({ field, message, remedy }) => {
      // The form's remedy is to begin again; nothing has begun here.
      const way = field === 'subject.certificateType' ? otherCertificateType : remedy;
      return {
        path: (field ?? '').replace('subject.', ''),
        expected: `${message.en}. ${way?.en ?? ''}`.trim(),
        expectedZh: `${message.zh}。${way?.zh ?? ''}`,
      };
    });
  if (places.length > 0) throw request.fault('input.invalid', { places });
}
