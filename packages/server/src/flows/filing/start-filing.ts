import { dayOf } from '@openbeian/model/calendar';
import { Fault, isFault } from '@openbeian/model/fault';
import {
  type OpeningKind,
  openingKinds,
  type Route,
  routeFiling,
  type ServiceKind,
  type SubjectKind,
} from '@openbeian/model/filing';
import { checkForm, fieldsOf, formFor, formLimitsOn } from '@openbeian/model/forms';
import type {
  AuthorityStatus,
  AuthorityStatusQuestion,
  FilingRow,
  ServiceRecordRow,
  StoreTransaction,
  SubjectRecordRow,
} from '../../ports/index.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { CommandCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { ownAccount } from '../command/permission.ts';
import { runCommand } from '../command/run-command.ts';
import { dueOf } from './advance-filing.ts';
import { type FilingView, filingViewOf } from './filing-view.ts';
import { openValues, sealValues } from './form-values.ts';
import { registrableName } from './registrable-name.ts';

export interface StartFilingInput {
  readonly domainName: string;
  readonly serviceKind: ServiceKind;
  readonly subjectKind: SubjectKind;
  readonly provinceCode: string;
  readonly certificateType: string;
  readonly certificateNumber: string;
}

/**
 * Starts a filing: from the name, the subject's certificate and what is on record here and at the authority it finds
 * out which filing it is (验证备案类型), and opens the case.
 * @throws Fault `input.invalid` (name or certificate malformed), `filing.not_needed`, `filing.kind_not_offered`,
 * `filing.already_open`, `filing.subject_in_other_account`, `authority.unreachable`.
 */
export async function startFiling(
  deps: FlowDeps,
  call: CommandCall,
  input: StartFilingInput,
): Promise<{ filing: FilingView; route: Route }> {
  const accountId = ownAccount(call.actor);
  const domainName = registrableName(input.domainName);
  const certificateNumber = input.certificateNumber.trim().toUpperCase();
  checkCertificate(deps, { ...input, certificateNumber });
  const [subjectHash = '', ...formerHashes] = deps.vault.hashes(
    subjectText(input.certificateType, certificateNumber),
    'subject',
  );
  // The authority is asked before the transaction: a network call must not hold one open.
  const [subjectElsewhere, nameElsewhere] = await Promise.all([
    askStatus(deps, { by: 'certificate', certificateType: input.certificateType, certificateNumber }),
    askStatus(deps, { by: 'domain_name', domainName }),
  ]);
  return runCommand(deps, call, 'startFiling', { ...input, domainName, certificateNumber }, async (tx, at) => {
    // One subject has one hash here, whatever keys came before: what stands and what is open is found under it.
    for (const former of formerHashes) await tx.keys.moveSubject(former, subjectHash);
    const subjectHere = await tx.records.findSubjectByHash(subjectHash);
    if (subjectHere !== null && subjectHere.accountId !== accountId) throw new Fault('filing.subject_in_other_account');
    const serviceHere = await tx.records.findServiceByDomainName(domainName);
    const ownerHere = serviceHere === null ? null : await tx.records.findSubject(serviceHere.subjectRecordId);
    const route = routeOf(deps, domainName, accountId, {
      subjectElsewhere,
      nameElsewhere,
      subjectHere,
      serviceHere,
      ownerHere,
    });
    const kind = openingKindOf(route);
    const { dueAt } = dueOf('draft', at, deps.calendar);
    const id = deps.ids.next('fil');
    const filing: FilingRow = {
      id,
      accountId,
      provider: deps.provider,
      kind,
      state: 'draft',
      version: 1,
      domainName,
      serviceKind: input.serviceKind,
      subjectKind: input.subjectKind,
      provinceCode: input.provinceCode,
      subjectHash,
      subjectNumber: kind === 'first' ? null : (subjectHere?.number ?? subjectElsewhere.subjectNumber),
      serviceNumber: kind === 'access' ? (serviceHere?.number ?? nameElsewhere.serviceNumber) : null,
      resourceId: null,
      codeId: null,
      spendId: null,
      form: await initialForm(
        deps,
        tx,
        id,
        kind,
        { ...input, domainName, certificateNumber },
        subjectHash,
        accountId,
        at,
      ),
      findings: [],
      submissionId: null,
      submittedBy: null,
      startedAt: at,
      updatedAt: at,
      dueAt,
    };
    if (!(await tx.filings.insert(filing))) throw new Fault('filing.already_open');
    const actor = call.actor;
    const detail = { kind, domainName };
    await tx.filings.appendEvent(id, {
      at,
      actorId: actor.userId,
      actorRole: actor.role,
      type: 'FilingStarted',
      detail,
    });
    await tx.audit.append(auditFact(deps, actor, at, 'FilingStarted', { kind: 'filing', id }, detail));
    return { filing: filingViewOf(deps, filing, actor), route };
  });
}

/** What a subject is known by. */
export const subjectText = (certificateType: string, certificateNumber: string): string =>
  `${certificateType}\n${certificateNumber}`;

/** A person is waiting: a passing trouble of the authority's line is bridged, a lasting one is told. */
const statusAttempts = 3;

async function askStatus(deps: FlowDeps, question: AuthorityStatusQuestion): Promise<AuthorityStatus> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await deps.authority.findStatus(question);
    } catch (error) {
      if (attempt === statusAttempts || !isFault(error, 'authority.unreachable')) throw error;
    }
  }
}

/** The certificate is what everything is looked up by: a typing mistake is told at once, not at the end. */
function checkCertificate(deps: FlowDeps, input: StartFilingInput): void {
  const context = {
    kind: 'first' as const,
    subjectKind: input.subjectKind,
    serviceKind: input.serviceKind,
    provinceCode: input.provinceCode,
    domainName: '',
    at: dayOf(deps.clock.now()),
    limits: formLimitsOn(deps.formLimits, dayOf(deps.clock.now())),
  };
  const values = {
    'subject.certificateType': input.certificateType,
    'subject.certificateNumber': input.certificateNumber,
  };
  const places = checkForm(values, context)
    .filter((finding) => finding.field !== null && finding.field in values)
    .map((finding) => ({
      path: (finding.field ?? '').replace('subject.', ''),
      expected: `${finding.message.en}. ${finding.remedy?.en ?? ''}`.trim(),
      expectedZh: `${finding.message.zh}。${finding.remedy?.zh ?? ''}`,
    }));
  if (places.length > 0) throw new Fault('input.invalid', { places });
}

interface Known {
  readonly subjectElsewhere: AuthorityStatus;
  readonly nameElsewhere: AuthorityStatus;
  readonly subjectHere: SubjectRecordRow | null;
  readonly serviceHere: ServiceRecordRow | null;
  readonly ownerHere: SubjectRecordRow | null;
}

function routeOf(deps: FlowDeps, domainName: string, accountId: string, known: Known): Route {
  const stands = known.serviceHere?.state === 'filed';
  return routeFiling(
    {
      domain: domainName,
      purpose: 'web',
      // Which product serves it decides nothing (see routeFiling); the resource is chosen later in the form.
      hosting: { provider: deps.provider, product: 'any', region: 'cn-mainland', hostname: 'custom' },
      subject: { filed: known.subjectHere !== null || known.subjectElsewhere.filed, here: known.subjectHere !== null },
      record: {
        exists: stands || known.nameElsewhere.filed,
        here: stands && (known.serviceHere?.accesses.includes(deps.provider) ?? false),
        sameAccount: known.ownerHere?.accountId === accountId,
      },
      intent: 'open',
    },
    () => 'mainland',
  );
}

function openingKindOf(route: Route): OpeningKind {
  const kind = openingKinds.find((one) => one === route.filing);
  if (kind !== undefined) return kind;
  const nothing = route.filing === 'none' || route.filing === 'elsewhere';
  throw new Fault(nothing ? 'filing.not_needed' : 'filing.kind_not_offered', { reasons: route.reasons });
}

/** Fills in what is known: the certificate, and for a subject that is filed here its data of the last filing. */
async function initialForm(
  deps: FlowDeps,
  tx: StoreTransaction,
  filingId: string,
  kind: OpeningKind,
  input: StartFilingInput,
  subjectHash: string,
  accountId: string,
  at: string,
): Promise<Record<string, unknown>> {
  const context = { ...input, kind, at: dayOf(at) };
  // Sealed with the full form's definition: a subject's data is carried even where the form does not ask for it.
  const fields = fieldsOf(formFor({ ...context, kind: 'first' }));
  const values: Record<string, unknown> = {
    'subject.certificateType': input.certificateType,
    'subject.certificateNumber': input.certificateNumber,
    'service.homeUrl': `https://www.${input.domainName}/`,
    'service.languages': ['zh_hans'],
    'service.preApproval': 'none',
  };
  if (kind === 'add_site_here') {
    const filed = (await tx.filings.list({ accountId, states: ['filed'], limit: 200 })).find(
      (one) => one.subjectHash === subjectHash,
    );
    for (const [path, value] of Object.entries(filed ? openValues(deps, filed.id, filed.form) : {})) {
      if (path.startsWith('subject.')) values[path] = value;
    }
  }
  return sealValues(deps, filingId, values, fields);
}
