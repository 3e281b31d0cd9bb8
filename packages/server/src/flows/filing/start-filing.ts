import { dayOf } from '@openbeian/model/calendar';
import { type Conflict, type OpeningKind, openingKinds, type Route, type RouteCase } from '@openbeian/model/filing';
import { checkForm, formLimitsOn } from '@openbeian/model/forms';
import { findProvince } from '@openbeian/model/province';
import type { FilingRow } from '../../ports/index.ts';
import { type CommandRequest, onceForKeyAsking } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { FlowRequest, Step } from '../command/step.ts';
import { beginFiling, refuseWithoutHope } from './begin-filing.ts';
import { filingViewOf } from './filing-view.ts';
import { initialFormOf, lastFilingOf } from './initial-form.ts';
import { filingKindFlows } from './kinds.ts';
import {
  conflictsOf,
  type Elsewhere,
  type Here,
  miniProgramReason,
  recordsHere,
  routesOf,
  statusElsewhere,
  subjectHashOf,
} from './known-facts.ts';
import { provenSince } from './name-proof.ts';
import { registrableName } from './registrable-name.ts';
import type { StartFilingInput } from './start-filing-input.ts';
import { normalCertificateNumber } from './subject-text.ts';

type Carried = Readonly<Record<string, unknown>>;

type StartFault =
  | 'account.not_verified'
  | 'filing.too_many_drafts'
  | 'filing.not_needed'
  | 'filing.kind_not_offered'
  | 'filing.already_open'
  | 'filing.conflict'
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
      'filing.conflict',
      'authority.unreachable',
      'idempotency.in_progress',
    ],
  },
  (request, given: StartFilingInput) => startWith(request, given),
);

interface StartingWith {
  readonly carried?: Carried;
  readonly asked?: unknown;
  readonly afterwards?: (step: Step, filing: FilingRow) => Promise<void>;
}

type StartRequest = CommandRequest<StartFault | 'authority.unreachable'>;

/**
 * As `startFiling`.
 * @param carried values that the form begins with besides, by field path
 * @param asked what the request was, where it was not `given` itself
 * @param afterwards done with the new filing in the same transaction
 */
export async function startWith(
  request: StartRequest,
  given: StartFilingInput,
  { carried = {}, asked, afterwards }: StartingWith = {},
) {
  const accountId = ownAccount(request.actor);
  const input = {
    ...given,
    domainName: registrableName(given.domainName),
    certificateNumber: normalCertificateNumber(given.certificateNumber),
  };
  refuseMiniProgram(request, input);
  refuseCertificate(request, input);
  return onceForKeyAsking(request, asked ?? input, {
    // First of all: whoever is not known, or has its drafts, is asked about nowhere.
    before: (step) => refuseWithoutHope(step, accountId),
    ask: () => statusElsewhere({ authority: request.deps.authority, at: request.at }, input),
    work: async (step, elsewhere) => {
      const subjectHash = await subjectHashOf(step, input);
      const known = {
        ...elsewhere,
        ...(await recordsHere(step, { accountId, subjectHash, ...input })),
      };
      // As it was typed: what is below a platform's domain is not ours to cut.
      const typed = { ...input, domainName: given.domainName, accountId };
      const { told, route, facts, isShown } = routesOf(step, typed, known);
      refuseConflict(step, conflictsOf(step, typed, known, isShown));
      const toldKind = openingKindOf(step, told, facts);
      const routed = openingKinds.find((one) => one === route.filing) ?? toldKind;
      const kind = await circumstantialKind(step, routed, { accountId, subjectHash }, known);
      const start = { ...input, accountId, subjectHash, kind, toldKind: isShown ? null : toldKind };
      const filing = await openFiling(step, { ...start, carried }, known);
      await afterwards?.(step, filing);
      return { filing: filingViewOf(step.deps, filing, step.actor), route: told };
    },
  });
}

/** A mini-program is filed at its platform; what can be filed here is the website behind it. @throws Fault `filing.not_needed` */
function refuseMiniProgram(request: FlowRequest<'filing.not_needed'>, { serviceKind }: StartFilingInput): void {
  if (serviceKind === 'mini_program')
    throw request.fault('filing.not_needed', { reasons: [miniProgramReason(request.deps)] });
}

/** What nobody can file over, whatever is filled in. @throws Fault `filing.conflict` */
function refuseConflict({ fault }: Step<'filing.conflict'>, conflicts: readonly Conflict[]): void {
  const reasons = conflicts.filter(({ code }) => code === 'conflict.two_numbers' || code === 'conflict.shell_subject');
  if (reasons.some(({ blocks }) => blocks)) throw fault('filing.conflict', { reasons });
}

/** An access filing of an organiser that is filed here, unaltered, asks less: its data is here. */
async function circumstantialKind(
  { tx }: Step,
  kind: OpeningKind,
  { accountId, subjectHash }: { readonly accountId: string; readonly subjectHash: string },
  { subjectHere }: Here,
): Promise<OpeningKind> {
  if (kind !== 'access' || subjectHere === null) return kind;
  return (await lastFilingOf(tx, accountId, subjectHash)) === null ? kind : 'access_one_click';
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
    Pick<FilingRow, 'accountId' | 'subjectHash' | 'toldKind'> & {
      readonly kind: OpeningKind;
      readonly carried: Carried;
    },
  { subjectHere, serviceHere, subjectElsewhere, nameElsewhere }: Elsewhere & Here,
): Promise<FilingRow> {
  const { kind, toldKind } = start;
  const id = step.deps.ids.next('fil');
  const { kind: _kind, toldKind: _told, subjectNumber: _number, serviceNumber: _service, ...given } = start;
  const form = { ...given, filingId: id };
  const { onRecord, initialForm } = filingKindFlows[kind];
  const subjectNumber = subjectHere?.number ?? subjectElsewhere.subjectNumber;
  const serviceNumber = serviceHere?.number ?? nameElsewhere.serviceNumber;
  return beginFiling(step, {
    id,
    ...start,
    subjectNumber: onRecord === 'nothing' ? null : subjectNumber,
    serviceNumber: onRecord === 'subject_and_service' ? serviceNumber : null,
    form: initialFormOf(step, form, { ...(await initialForm(step, form)), ...carried }),
    findings: [],
    nameProvenAt: await provenSince(step, start),
    toldKind,
  });
}

type CertificateOf = Pick<
  StartFilingInput,
  'subjectKind' | 'serviceKind' | 'provinceCode' | 'nature' | 'certificateType' | 'certificateNumber'
>;

const otherCertificateType = {
  zh: '请选择与主办单位性质相符的证件类型，或更正主办单位性质。',
  en: 'Choose a certificate type that goes with the organiser’s type, or correct that type.',
};

/**
 * The certificate is what everything is looked up by: a typing mistake is refused at once, not at the end.
 * @param within where in the input the certificate is, with its dot; at the top unless said
 */
export function refuseCertificate(request: FlowRequest, input: CertificateOf, within = ''): void {
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
    tables: deps.codeTablesOf(input.provinceCode),
    divisions: deps.divisions,
  };
  const values = {
    ...(input.nature === undefined ? {} : { 'subject.nature': input.nature }),
    'subject.certificateType': input.certificateType,
    'subject.certificateNumber': input.certificateNumber,
  };
  const found = checkForm(values, context)
    .filter((finding) => finding.from !== 'advice' && finding.field !== null && finding.field in values)
    .map(({ field, message, remedy }) => {
      // The form's remedy is to begin again; nothing has begun here.
      const way = field === 'subject.certificateType' ? otherCertificateType : remedy;
      return {
        path: `${within}${(field ?? '').replace('subject.', '')}`,
        expected: `${message.en}. ${way?.en ?? ''}`.trim(),
        expectedZh: `${message.zh}。${way?.zh ?? ''}`,
      };
    });
  const places = findProvince(input.provinceCode) === null ? [noProvince(within), ...found] : found;
  if (places.length > 0) throw request.fault('input.invalid', { places });
}

const noProvince = (within: string) => ({
  path: `${within}provinceCode`,
  expected: 'the code of a province, such as 440000',
  expectedZh: '应为省级行政区划代码，例如 440000',
});
