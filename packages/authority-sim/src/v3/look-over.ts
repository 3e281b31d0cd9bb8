import { certificatesOf, rowsOn } from '@openbeian/model/code-tables';
import { isFixedLine, isMobile } from '@openbeian/model/forms';
import { listFormFaults } from '../core/intake-checks.ts';
import { partsOf, type RefusalReason, type ServicePart, type Submission } from '../core/words.ts';
import { attachmentFaults } from './attachment-faults.ts';
import { cancellationFaults } from './cancellation-faults.ts';
import { provinceFaults } from './province-faults.ts';
import { before, type LookOverContext, passwordFaults, reasonOf } from './reason.ts';
import { placeRows } from './rules.ts';

/**
 * What an authority's system finds in a submission of interface V3.0 before any SMS goes out: records that there are not, passwords,
 * rows of tables, what a nature allows, pictures, and what the province asks for.
 */
export function lookOver(submission: Submission, context: LookOverContext): readonly RefusalReason[] {
  const { origin, kind } = submission;
  if (origin === undefined) return listFormFaults(submission, context.today);
  if (origin.ends !== null) return cancellationFaults(submission, origin, context);
  const missing = missingRecords(submission, context);
  if (missing.length > 0) return missing;
  const states = kind !== 'access';
  return [
    ...formFaults(submission, context.today),
    ...passwordFaults(submission, origin, context),
    ...(kind === 'first' || kind === 'change_filing' || kind === 'correction'
      ? subjectFaults(submission, context)
      : []),
    ...partsOf(submission).flatMap((part) => [
      ...(states ? serviceFaults(part, submission, context) : []),
      ...reachFaults(part, context),
    ]),
    ...attachmentFaults(submission, origin, context),
    ...(context.strict && states ? provinceFaults(submission, context) : []),
  ];
}

/** Each service of the filing by itself. */
const formFaults = (submission: Submission, today: string): readonly RefusalReason[] =>
  partsOf(submission).flatMap(({ service, access }) => listFormFaults({ ...submission, service, access }, today));

/** Records that a filing is about and that are not there, or not this provider's, or being changed already. */
function missingRecords({ id, kind, subject, origin, ...rest }: Submission, context: LookOverContext): RefusalReason[] {
  const { ledger, registry, busy, cases } = context.state;
  if (kind === 'first') return [];
  const number = subject.number ?? '';
  if (kind === 'access' && !registry.services.has(rest.service.number ?? '')) return [reasonOf(1016, 'service.number')];
  const recorded = ledger.subjects.get(number);
  if (recorded === undefined || !registry.subjects.has(number)) return [reasonOf(1016, 'subject.number')];
  if (!kind.startsWith('change') && kind !== 'correction') return [];
  const faults: RefusalReason[] = [];
  if (rest.provinceCode !== recorded.province) faults.push(reasonOf(1046, 'subject.region'));
  const own = ledger.listServices(number).flatMap((service) => ledger.listAccesses(service.number));
  if (!own.some(({ provider }) => provider === rest.provider)) faults.push(reasonOf(1048, 'subject.number'));
  for (const { service, own: said } of partsOf({ id, kind, subject, ...rest, ...(origin && { origin }) })) {
    if (service.name === '') continue;
    if (!registry.services.has(service.number ?? '')) faults.push(reasonOf(1016, 'service.number'));
    const accesses = (said?.accesses ?? []).map((access) => ledger.accesses.get(access.id ?? 0));
    if (accesses.some((access) => access === undefined || access.provider !== rest.provider)) {
      faults.push(reasonOf(1047, 'service.access'));
    }
  }
  const isChanging = before(busy.get(number), id).some((one) =>
    /^(change_|correction)/.test(cases.get(one)?.submission.kind ?? ''),
  );
  return isChanging ? [...faults, reasonOf(1017, 'subject.number')] : faults;
}

function subjectFaults({ subject, provinceCode }: Submission, { rules, today }: LookOverContext): RefusalReason[] {
  const faults: RefusalReason[] = [];
  const nature = rowsOn(rules.tables.natures, today).find(({ id }) => id === subject.nature);
  if (nature === undefined) faults.push(reasonOf(1014, 'subject.nature'));
  else if (!certificatesOf(rules.tables, nature.id, today).some(({ id }) => id === subject.certificateId)) {
    faults.push(reasonOf(1008, 'subject.certificateType', '证件类型与单位性质不符'));
  }
  const division = rules.divisions.get(subject.region ?? '');
  if (division === undefined || division.provinceCode !== provinceCode) faults.push(reasonOf(1019, 'subject.region'));
  if (subject.principal.name === '') faults.push(reasonOf(1044, 'subject.principal.name'));
  if (!arePhones(subject.principal.officePhone)) faults.push(reasonOf(1010, 'subject.principal.officePhone'));
  return faults;
}

const arePhones = (text: string | undefined): boolean =>
  text === undefined || text.split(';').every((phone) => isFixedLine(phone) || isMobile(phone));

function serviceFaults({ service, own }: ServicePart, submission: Submission, context: LookOverContext) {
  const { tables } = context.rules;
  const faults: RefusalReason[] = [];
  // A change of the organiser alone has none.
  if (service.name === '') return faults;
  if ((own?.domains ?? 1) > 1) faults.push(reasonOf(1004, 'service.domainName', '一个网站只能报备一个域名'));
  const contents = rowsOn(tables['website-contents'], context.today);
  const chosen = (service.contents ?? []).map((id) => contents.find((row) => row.id === id));
  if (chosen.some((row) => row === undefined)) faults.push(reasonOf(1034, 'service.content'));
  if (submission.subject.kind === 'individual' && chosen.some((row) => row?.unitsOnly === true)) {
    faults.push(reasonOf(1034, 'service.content', '个人不能选择该服务内容'));
  }
  const languages = rowsOn(tables.languages, context.today).map(({ id, key }) => key ?? String(id));
  if (!service.languages.every((word) => languages.includes(word))) faults.push(reasonOf(1066, 'service.languages'));
  const approvals = rowsOn(tables['pre-approvals'], context.today).map(({ id }) => id);
  if (!(service.preApprovals ?? []).every(({ id }) => approvals.includes(id))) {
    faults.push(reasonOf(1033, 'service.preApproval'));
  }
  if (!arePhones(service.principal.officePhone)) faults.push(reasonOf(1010, 'service.principal.officePhone'));
  if (service.homeUrl !== '' && /\s/.test(service.homeUrl)) faults.push(reasonOf(1022, 'service.homeUrl'));
  return faults;
}

function reachFaults({ own }: ServicePart, { rules, today }: LookOverContext): RefusalReason[] {
  const faults: RefusalReason[] = [];
  const methods = rowsOn(rules.tables['access-methods'], today).map(({ id }) => id);
  const places = placeRows(rules, today);
  for (const access of own?.accesses ?? []) {
    if (!access.methods.every((id) => methods.includes(id))) faults.push(reasonOf(1035, 'service.access.methods'));
    if (!access.places.every((id) => places.has(id))) faults.push(reasonOf(1036, 'service.access.places'));
    if (!access.ranges.every(isReachable)) faults.push(reasonOf(1006, 'access.ipAddresses'));
  }
  return faults;
}

/** First octets, and blocks with their size, from which nobody is reached from outside. */
const unreachable: readonly (readonly [first: number, last: number])[] = [
  [0x00000000, 0x00ffffff],
  [0x0a000000, 0x0affffff],
  [0x7f000000, 0x7fffffff],
  [0xa9fe0000, 0xa9feffff],
  [0xac100000, 0xac1fffff],
  [0xc0a80000, 0xc0a8ffff],
  [0xe0000000, 0xffffffff],
];

const isReachable = ({ first, last }: { readonly first: number; readonly last: number }): boolean =>
  first <= last && unreachable.every(([from, to]) => last < from || first > to);
