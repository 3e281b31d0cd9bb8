import { dayOf } from '@openbeian/model/calendar';
import { type CodeTables, certificateRow, rowOf } from '@openbeian/model/code-tables';
import { courseOf, filingKindTable } from '@openbeian/model/filing';
import { itemsOf, natureIn, withBothPrincipals } from '@openbeian/model/forms';
import type { AuthorityApp, AuthorityPrincipal, AuthoritySubmission, FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { currentFormValues, formContextOf, textIn, textsIn } from '../filing/form-values.ts';
import { normalCertificateNumber } from '../filing/subject-text.ts';

type Values = Readonly<Record<string, unknown>>;

/** A filing as the authority takes it, in the clear. @param given what is in its form; as it is now, unless given */
export async function submissionOf(
  step: Step,
  filing: FilingRow,
  id: string,
  given: Values = currentFormValues(step.deps, filing, step.at),
): Promise<AuthoritySubmission> {
  const { deps, at } = step;
  const values = withBothPrincipals(given);
  const read = reader(deps.codeTablesOf(filing.provinceCode), values, dayOf(at));
  const isPerson = filing.subjectKind === 'individual';
  const isOfSubject = filingKindTable[filing.kind].about === 'subject';
  // An individual is the principal of both; the form asks for it once.
  const principal = (owner: string): AuthorityPrincipal =>
    isPerson ? { ...principalOf(read, 'subject.principal'), ...identityOf(read, 'subject') } : principalOf(read, owner);
  return {
    id,
    filingId: filing.id,
    kind: filing.kind,
    operation: operationOf(filing.kind),
    provinceCode: filing.provinceCode,
    provider: filing.provider,
    subject: { ...subjectOf(step, filing, read), principal: principal('subject.principal') },
    // A filing about the organiser alone is confirmed by its own principal.
    service: {
      ...serviceOf(filing, read),
      principal: principal(isOfSubject ? 'subject.principal' : 'service.principal'),
    },
    access: await accessOf(step, { ...filing, resourceId: await resourceOnRecord(step, filing) }, read),
  };
}

function operationOf(kind: FilingRow['kind']): AuthoritySubmission['operation'] {
  const { operation } = courseOf(kind);
  if (operation === null) throw new Error(`${kind} goes to no authority`);
  return operation;
}

/** The values, with the numbers that their words have in the authority's tables. */
interface Reader {
  readonly values: Values;
  readonly text: (path: string) => string;
  readonly numbers: (table: keyof CodeTables, words: readonly string[]) => number[];
}

const reader = (tables: CodeTables, values: Values, day: string): Reader => ({
  values,
  text: (path) => textIn(values, path),
  numbers: (table, words) => words.flatMap((word) => rowOf(tables[table], word, day)?.id ?? []),
});

function identityOf({ text, ...read }: Reader, owner: string) {
  return {
    name: text(`${owner}.name`),
    certificateType: text(`${owner}.certificateType`),
    certificateNumber: normalCertificateNumber(text(`${owner}.certificateNumber`)),
    ...validityOf({ text, ...read }, owner),
  };
}

/** Nothing where a filing of before there were such fields does not say it. */
function validityOf({ text }: Reader, owner: string) {
  const [from, to] = [text(`${owner}.certificateValidFrom`), text(`${owner}.certificateValidTo`)];
  return from === '' ? {} : { validity: { from, to: to === 'long_term' ? null : to } };
}

function principalOf(read: Reader, owner: string): AuthorityPrincipal {
  const { text, numbers } = read;
  const [messenger] = numbers('messengers', [text(`${owner}.messenger`)]);
  return {
    ...identityOf(read, owner),
    mobile: text(`${owner}.mobile`),
    emergencyMobile: text(`${owner}.emergencyMobile`),
    email: text(`${owner}.email`),
    officePhone: text(`${owner}.officePhone`),
    messenger:
      messenger === undefined || messenger < 0 ? null : { id: messenger, account: text(`${owner}.messengerAccount`) },
    remark: text(`${owner}.remark`),
  };
}

function subjectOf({ deps, at }: Step, filing: FilingRow, read: Reader) {
  const { values, text, numbers } = read;
  const nature = natureIn(values, formContextOf(deps, filing, at));
  const certificate = certificateRow(
    deps.codeTablesOf(filing.provinceCode),
    nature,
    text('subject.certificateType'),
    dayOf(at),
  );
  const [natureId] = numbers('natures', [nature]);
  const isUnit = filing.subjectKind !== 'individual';
  const isNamed = text('subject.legalRepresentative.isPrincipal') === 'no';
  const [submittedBy = 0] = numbers('submitters', [text('subject.submittedBy')]);
  return {
    kind: filing.subjectKind,
    number: filing.subjectNumber,
    ...identityOf(read, 'subject'),
    certificateAddress: text('subject.certificateAddress'),
    contactAddress: text('subject.contactAddress'),
    ...(natureId === undefined ? {} : { nature: natureId }),
    ...(certificate === undefined ? {} : { certificateId: certificate.id }),
    region: text('subject.region'),
    ...(isUnit && {
      superior: text('subject.superior') || text('subject.name'),
      legalRepresentative: isNamed ? identityOf(read, 'subject.legalRepresentative') : null,
    }),
    residenceProof: text('subject.residenceProof'),
    remark: text('subject.remark'),
    submittedBy,
  };
}

function serviceOf(filing: FilingRow, { values, text, numbers }: Reader) {
  const contents = textsIn(values, 'service.content');
  const approvals = itemsOf(values['service.preApproval']);
  const isApp = filing.serviceKind === 'app';
  return {
    kind: filing.serviceKind,
    number: filing.serviceNumber,
    name: text('service.name'),
    domainName: filing.domainName,
    homeUrl: isApp ? '' : text('service.homeUrl'),
    content: contents[0] ?? '',
    contents: numbers(filing.serviceKind === 'website' ? 'website-contents' : 'app-contents', contents),
    languages: textsIn(values, 'service.languages'),
    preApproval: textIn(approvals[0] ?? {}, 'type'),
    preApprovals: approvals.flatMap((item) => {
      const [id] = numbers('pre-approvals', [textIn(item, 'type')]);
      const isOne = id !== undefined && textIn(item, 'type') !== 'none';
      return isOne ? [{ id, number: textIn(item, 'number'), remark: textIn(item, 'remark') }] : [];
    }),
    remark: text('service.remark'),
    ...(isApp && { app: appOf(values) }),
  };
}

function appOf(values: Values): AuthorityApp {
  return {
    platforms: itemsOf(values['service.platforms']).map((item) => ({
      platform: textIn(item, 'platform'),
      packageName: textIn(item, 'packageName'),
      publicKey: textIn(item, 'publicKey'),
      fingerprint: textIn(item, 'fingerprint'),
      domains: textsIn(item, 'domains'),
      addresses: textsIn(item, 'addresses'),
    })),
    sdks:
      textIn(values, 'service.hasSdks') === 'yes'
        ? itemsOf(values['service.sdks']).map((item) => ({
            name: textIn(item, 'name'),
            use: textIn(item, 'use'),
            provider: textIn(item, 'provider'),
          }))
        : [],
  };
}

/** Its own, or where the service that it changes or ends is served now; null where it is about no service. */
async function resourceOnRecord({ tx }: Step, filing: FilingRow): Promise<string | null> {
  if (filing.resourceId !== null || filing.serviceNumber === null) return filing.resourceId;
  const service = await tx.records.findServiceByNumber(filing.serviceNumber);
  const ties = service === null ? [] : await tx.records.listAccesses(service.id);
  return ties.find(({ provider }) => provider === filing.provider)?.resourceId ?? null;
}

async function accessOf({ tx }: Step, { resourceId }: FilingRow, { values, numbers }: Reader) {
  const resource = resourceId === null ? null : await tx.resources.find(resourceId);
  const ipAddresses = (resource?.facts.publicIps ?? []).flatMap(({ address }) =>
    address === undefined ? [] : [address],
  );
  const stated = itemsOf(values['service.access.ipRanges']).map((item) => ({
    first: textIn(item, 'first'),
    last: textIn(item, 'last'),
  }));
  return {
    resourceId: resourceId ?? '',
    ipAddresses,
    methods: numbers('access-methods', textsIn(values, 'service.access.methods')),
    places: textsIn(values, 'service.access.places'),
    // Where nobody said otherwise, the service is reached at the addresses of its resource.
    ipRanges: stated.length > 0 ? stated : ipAddresses.map((address) => ({ first: address, last: address })),
  };
}
