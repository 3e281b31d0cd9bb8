import { dayOf } from '@openbeian/model/calendar';
import { isFault } from '@openbeian/model/fault';
import {
  type Conflict,
  conflictsIn,
  type Route,
  type RouteCase,
  type RouteReason,
  type RouteRules,
  routeFiling,
  type ServiceKind,
} from '@openbeian/model/filing';
import { parseFilingNumbers } from '@openbeian/model/number';
import { provinceRulesFor } from '@openbeian/model/province';
import type {
  Authority,
  AuthorityStatus,
  AuthorityStatusQuestion,
  ServiceRecordRow,
  SubjectRecordRow,
} from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import type { StartFilingInput } from './start-filing-input.ts';
import { notFiled, statedName, statedSubject } from './stated-numbers.ts';
import { subjectText } from './subject-text.ts';

export interface Elsewhere {
  readonly subjectElsewhere: AuthorityStatus;
  readonly nameElsewhere: AuthorityStatus;
  /** Of the subject it is known what the customer says, since the authority cannot be asked. */
  readonly isStated: boolean;
}
export interface Here {
  readonly subjectHere: SubjectRecordRow | null;
  readonly serviceHere: ServiceRecordRow | null;
  readonly ownerHere: SubjectRecordRow | null;
  /** The account manages records here, whoever's they are. */
  readonly hasRecordsHere: boolean;
  /** Services in force of `subjectHere`. */
  readonly servicesHere: number | null;
  /** The certificate's organiser is in another account. */
  readonly isSubjectOfOther: boolean;
  /** Its number, which is told to nobody here. */
  readonly numberOfOther: string | null;
}

export async function statusElsewhere(
  { authority, at }: { readonly authority: Authority; readonly at: string },
  input: StartFilingInput,
): Promise<Elsewhere> {
  const { domainName, serviceKind, certificateType, certificateNumber } = input;
  const [ofCertificate, ofName] = await Promise.all([
    askStatus(authority, { by: 'certificate', certificateType, certificateNumber }),
    askStatus(authority, { by: 'domain_name', domainName }),
  ]);
  const day = dayOf(at);
  return {
    // What the authority knows of the one counts, also where it cannot be asked about the other.
    subjectElsewhere: ofCertificate ?? statedSubject(input, day),
    nameElsewhere: ofName === null ? statedName(input, day) : ofKind(ofName, serviceKind, day),
    isStated: ofCertificate === null,
  };
}

/** A website's number says nothing of an app on the same domain, nor the other way round. */
function ofKind(status: AuthorityStatus, serviceKind: ServiceKind, day: string): AuthorityStatus {
  const [number] = status.serviceNumber === null ? [] : parseFilingNumbers(status.serviceNumber, day).numbers;
  return number?.serviceKind != null && number.serviceKind !== serviceKind ? notFiled : status;
}

/** A person is waiting: a short interruption of the authority's line is bridged, a lasting one is reported. */
const statusAttempts = 3;

async function askStatus(authority: Authority, question: AuthorityStatusQuestion): Promise<AuthorityStatus | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await authority.findStatus(question);
    } catch (error) {
      if (attempt === statusAttempts || !isFault(error, 'authority.unreachable')) throw error;
    }
  }
}

/** One subject has one hash here, even after key rotations: records and open filings are found under it. */
export async function subjectHashOf({ deps, tx }: Step, input: StartFilingInput): Promise<string> {
  const text = subjectText(input.certificateType, input.certificateNumber);
  const [newest = '', ...former] = deps.vault.hashes(text, 'subject');
  for (const hash of former) await tx.keys.moveSubject(hash, newest);
  return newest;
}

/** As `subjectHashOf`, writing nothing: the hash under which the certificate is on record, or the newest. */
export async function findSubjectHash({ deps, tx }: Step, input: StartFilingInput): Promise<string> {
  const hashes = deps.vault.hashes(subjectText(input.certificateType, input.certificateNumber), 'subject');
  for (const hash of hashes) if ((await tx.records.findSubjectByHash(hash)) !== null) return hash;
  return hashes[0] ?? '';
}

export async function recordsHere(
  step: Step,
  asked: Readonly<Record<'accountId' | 'subjectHash' | 'domainName', string>> & { readonly serviceKind: ServiceKind },
): Promise<Here> {
  const { accountId, subjectHash, domainName, serviceKind } = asked;
  const { records } = step.tx;
  const subject = await records.findSubjectByHash(subjectHash);
  // A website and an app on one domain are filed each for itself.
  const serviceHere = await records.findServiceByDomainName(domainName, serviceKind);
  const ownerHere = serviceHere === null ? null : await records.findSubject(serviceHere.subjectRecordId);
  // Another account's subject is told to nobody here; submitting is refused.
  const subjectHere = subject?.accountId === accountId ? subject : null;
  const own = subjectHere === null ? [] : await records.listServicesOfSubject(subjectHere.id);
  const servicesHere = subjectHere === null ? null : own.filter(({ state }) => state === 'filed').length;
  const hasRecordsHere = (await records.listServices({ accountId, limit: 1 })).length > 0;
  return {
    subjectHere,
    serviceHere,
    ownerHere,
    hasRecordsHere,
    servicesHere,
    isSubjectOfOther: subject !== subjectHere,
    numberOfOther: subject === subjectHere ? null : (subject?.number ?? null),
  };
}

/** Filings are made for the mainland, on servers: a CDN in front of one needs nothing of its own. */
const ownHosting: RouteRules = { placeOf: () => 'mainland', anyNumberSource: () => null };

export type Asked = StartFilingInput & { readonly accountId: string };

/**
 * By everything that is known, and as the account is told it: the same where it has shown to be the subject. `facts` are those
 * of what it is told.
 */
export function routesOf(
  step: Step,
  asked: Asked,
  known: Elsewhere & Here,
): { readonly route: Route; readonly told: Route; readonly facts: RouteCase; readonly isShown: boolean } {
  const { subjectHere, subjectElsewhere, nameElsewhere } = known;
  const facts = routeCaseOf(step, asked, known);
  const route = routeFiling(facts, ownHosting);
  // What the customer says proves nothing by itself; another account's record does.
  const number = known.isStated && known.isSubjectOfOther ? known.numberOfOther : subjectElsewhere.subjectNumber;
  const isShown = subjectHere !== null || isNumberOf(step, asked.subjectNumber, number);
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
  { subjectHere, subjectElsewhere, nameElsewhere, isStated, hasRecordsHere }: Elsewhere & Here,
  subjectChanged: StartFilingInput['subjectChanged'],
): RouteCase['subject'] {
  if (subjectHere !== null || subjectElsewhere.filed) return { filed: true, here: subjectHere !== null };
  // Where nobody says who is filed, the record of the name is taken as the organiser's own.
  if (subjectChanged === undefined) return { filed: isStated && nameElsewhere.filed, here: false };
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

/** What does not fit together, as far as the account may learn it: what is on record of a name is public. */
export function conflictsOf(
  step: Step,
  asked: Asked,
  known: Elsewhere & Here & { readonly openInTheWay?: boolean },
  isShown: boolean,
): Conflict[] {
  const { deps, at } = step;
  const { subjectHere, serviceHere, ownerHere, subjectElsewhere, nameElsewhere, servicesHere, isSubjectOfOther } =
    known;
  const isFiled = serviceHere?.state === 'filed';
  const day = dayOf(at);
  const given = asked.subjectNumber === undefined ? [] : parseFilingNumbers(asked.subjectNumber, day).numbers;
  const rules = provinceRulesFor(deps.provinceRules(asked.provinceCode), {
    provinceCode: asked.provinceCode,
    subjectKind: asked.subjectKind,
    kind: 'add_site_here',
    serviceKind: asked.serviceKind,
    at: day,
  });
  return conflictsIn({
    givenSubjectNumber: given[0]?.canonical ?? null,
    subject: {
      numberHere: subjectHere?.number ?? null,
      numberThere: isShown ? subjectElsewhere.subjectNumber : null,
      services: servicesHere,
      inOtherAccount: isShown && isSubjectOfOther,
    },
    name: {
      subjectNumberHere: isFiled ? (ownerHere?.number ?? null) : null,
      serviceNumberHere: isFiled ? serviceHere.number : null,
      subjectNumberThere: nameElsewhere.subjectNumber,
      serviceNumberThere: nameElsewhere.serviceNumber,
      inOtherAccount: isFiled && ownerHere?.accountId !== asked.accountId,
      heldByOtherFiling: false,
    },
    openInTheWay: known.openInTheWay ?? false,
    // A rule of the province that takes the place of the one of every province says so.
    shellMayAdd: rules.some(({ supersedes }) => supersedes.includes('shell.cancel_first')),
  });
}

/** Why a mini-program is not filed here. */
export function miniProgramReason({ provider }: FlowDeps): RouteReason {
  const { reasons } = routeFiling(
    {
      domain: 'example.cn',
      purpose: 'mini_program_backend',
      hosting: { provider, product: 'any', region: 'cn-mainland', hostname: 'custom' },
      subject: { filed: false, here: false },
      record: { exists: false, here: false, sameAccount: false },
      intent: 'open',
    },
    ownHosting,
  );
  const found = reasons.find(({ code }) => code === 'route.mini_program_backend');
  if (found === undefined) throw new Error('the route of a mini-program says why');
  return found;
}
