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
import { onceForKey } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { type FlowRequest, inTransaction, type Step } from '../command/step.ts';
import { emptyDraftDueAt } from './due-at.ts';
import { filingViewOf } from './filing-view.ts';
import { initialFormOf } from './initial-form.ts';
import { filingKindFlows } from './kinds.ts';
import { registrableName } from './registrable-name.ts';
import type { StartFilingInput } from './start-filing-input.ts';
import { normalCertificateNumber, subjectText } from './subject-text.ts';

type StartFault =
  | 'account.not_verified'
  | 'filing.too_many_drafts'
  | 'filing.not_needed'
  | 'filing.kind_not_offered'
  | 'filing.already_open'
  | 'filing.subject_in_other_account';

/**
 * Starts a filing: from the name, the subject's certificate and what is on record here and at the authority it
 * determines the filing's kind (验证备案类型), and opens the filing.
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
      'filing.subject_in_other_account',
      'authority.unreachable',
    ],
  },
  async (request, given: StartFilingInput) => {
    const accountId = ownAccount(request.actor);
    const input = {
      ...given,
      domainName: registrableName(given.domainName),
      certificateNumber: normalCertificateNumber(given.certificateNumber),
    };
    refuseCertificate(request, input);
    // Checked first: an unverified account must learn nothing about a certificate.
    await inTransaction(request, (step) => refuseUnverified(step, accountId));
    // The authority is asked before the transaction: a network call must not hold one open.
    const elsewhere = await statusElsewhere(request.deps.authority, input);
    return onceForKey(request, input, async (step) => {
      const subjectHash = await subjectHashOf(step, input);
      const records = await recordsHere(step, { accountId, subjectHash, domainName: input.domainName });
      // As it was typed: what is below a platform's domain is not ours to cut.
      const asked = { ...input, domainName: given.domainName };
      const facts = routeCaseOf(step, asked, accountId, { ...elsewhere, ...records });
      const route = routeFiling(facts, ownHosting);
      const kind = openingKindOf(step, route, facts);
      const filing = await openFiling(step, { ...input, accountId, subjectHash }, kind, { ...elsewhere, ...records });
      return { filing: filingViewOf(step.deps, filing, step.actor), route };
    });
  },
);

/** A filing of somebody unknown would keep the name's or the certificate's owner out. @throws Fault `account.not_verified` */
async function refuseUnverified({ tx, fault }: Step<'account.not_verified'>, accountId: string): Promise<void> {
  const account = await tx.accounts.find(accountId);
  if (account === null || account.realName === 'none') throw fault('account.not_verified');
}

/** Holds the account's other starts until this one has its row, so that no two take the last place. */
async function refuseTooManyDrafts(
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
  step: Step<'filing.subject_in_other_account'>,
  { accountId, subjectHash, domainName }: Readonly<Record<'accountId' | 'subjectHash' | 'domainName', string>>,
): Promise<Here> {
  const { records } = step.tx;
  const subjectHere = await records.findSubjectByHash(subjectHash);
  if (subjectHere !== null && subjectHere.accountId !== accountId) throw step.fault('filing.subject_in_other_account');
  const serviceHere = await records.findServiceByDomainName(domainName);
  const ownerHere = serviceHere === null ? null : await records.findSubject(serviceHere.subjectRecordId);
  const hasRecordsHere = (await records.listServices({ accountId, limit: 1 })).length > 0;
  return { subjectHere, serviceHere, ownerHere, hasRecordsHere };
}

/** Filings are made for the mainland, on servers: a CDN in front of one needs nothing of its own. */
const ownHosting: RouteRules = { placeOf: () => 'mainland', anyNumberSource: () => null };

function routeCaseOf(
  { deps }: Step,
  { domainName, serviceKind, subjectChanged }: Pick<StartFilingInput, 'domainName' | 'serviceKind' | 'subjectChanged'>,
  accountId: string,
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
  start: StartFilingInput & { readonly accountId: string; readonly subjectHash: string },
  kind: OpeningKind,
  { subjectHere, serviceHere, subjectElsewhere, nameElsewhere }: Elsewhere & Here,
): Promise<FilingRow> {
  const { deps, tx, at } = step;
  const { accountId, domainName, subjectHash, serviceKind, subjectKind, provinceCode } = start;
  await refuseTooManyDrafts(step, accountId);
  const id = deps.ids.next('fil');
  const form = { ...start, filingId: id };
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
    form: initialFormOf(step, form, await initialForm(step, form)),
    findings: [],
    submissionId: null,
    submittedBy: null,
    startedAt: at,
    updatedAt: at,
    dueAt: emptyDraftDueAt(at, deps.drafts.emptyDays),
    claim: null,
  };
  if (!(await tx.filings.insert(filing))) throw step.fault('filing.already_open');
  const detail = { kind, domainName };
  await recordFilingEvent(step, id, 'FilingStarted', detail);
  await recordAudit(step, 'FilingStarted', { kind: 'filing', id }, detail);
  return filing;
}

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
    provinceRules: deps.provinceRules,
  };
  const values = {
    'subject.certificateType': input.certificateType,
    'subject.certificateNumber': input.certificateNumber,
  };
  const places = checkForm(values, context)
    .filter((finding) => finding.from !== 'advice' && finding.field !== null && finding.field in values)
    .map((finding) => ({
      path: (finding.field ?? '').replace('subject.', ''),
      expected: `${finding.message.en}. ${finding.remedy?.en ?? ''}`.trim(),
      expectedZh: `${finding.message.zh}。${finding.remedy?.zh ?? ''}`,
    }));
  if (places.length > 0) throw request.fault('input.invalid', { places });
}
