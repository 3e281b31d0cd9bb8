import type { UploadData } from '@openbeian/authority-wire/v3';
import { ipv4Text } from '@openbeian/model/authority-v3';
import { type AuthorityKind, courseOf } from '@openbeian/model/filing';
import type { LedgerService, LedgerSubject } from '../core/ledger.ts';
import type { SimState } from '../core/sim-state.ts';
import type { InterfaceOrigin, Line, OwnAccess, OwnService, Person, ServicePart, Submission } from '../core/words.ts';
import { attachmentsOf } from './attachments.ts';
import { emptyService, noAccess, nobody, serviceOnRecord, subjectOnRecord } from './on-record.ts';
import { certificateWord, languageWords, placeRows, type SimRules } from './rules.ts';

type Icp = Extract<UploadData, { readonly ICP: unknown }>['ICP'];
type Item<Part, List extends string> = Part extends { readonly [Key in List]: readonly (infer One)[] } ? One : never;
type NewFiling = Item<NonNullable<Icp['XZBA']>, 'Baxx'>;
type AddedService = Item<NonNullable<Icp['XZWZ']>, 'Xzxx'>;
type AddedAccess = Item<NonNullable<Icp['XZJR']>, 'Xzxx'>;
type Change = Item<NonNullable<Icp['BGBA']>, 'Bgxx'>;
type Cancellation = Item<NonNullable<Icp['ZXBA']>, 'Zx_xx'>;
type NewService = NewFiling['Wz_xx'][number];
type ChangedService = Change['Wz_xx'][number];

export interface RecordsContext {
  readonly state: SimState;
  readonly rules: SimRules;
  readonly line: Line;
  readonly sequence: number;
  /** The provider as the plain wire names it. */
  readonly provider: string;
  /** A day in Asia/Shanghai. */
  readonly today: string;
}

/** `Czlx` of each operation. */
export const operationCodes = {
  new_filing: 1,
  add_service: 2,
  add_access: 3,
  change: 4,
  cancel_access: 5,
  cancel_subject: 6,
  cancel_service: 7,
  attachments: 35,
} as const;

/** The filings of an upload, each record one; what is answered at once (`answer-at-once.ts`) is not among them. */
export function readSubmissions(icp: Icp, context: RecordsContext): readonly Submission[] {
  const records = [
    ...(icp.XZBA?.Baxx ?? []).map((record) => (place: number) => newFiling(record, place, context)),
    ...(icp.XZWZ?.Xzxx ?? []).map((record) => (place: number) => addedService(record, place, context)),
    ...(icp.XZJR?.Xzxx ?? []).map((record) => (place: number) => addedAccess(record, place, context)),
    ...(icp.BGBA?.Bgxx ?? []).map((record) => (place: number) => change(record, place, context)),
    ...(icp.ZXBA?.Zx_xx ?? []).map((record) => (place: number) => cancellation(record, place, context)),
  ];
  return records.map((read, place) => read(place));
}

type Made = Pick<Submission, 'kind' | 'provinceCode' | 'subject'> & {
  readonly parts: readonly ServicePart[];
  readonly origin: Omit<InterfaceOrigin, 'line' | 'sequence' | 'service'>;
};

function submissionOf({ parts, origin, ...made }: Made, place: number, context: RecordsContext): Submission {
  const { line, sequence, provider } = context;
  const id = `v3-${line.unit}-${line.province}-${sequence}-${place + 1}`;
  const [first = { service: emptyService, access: noAccess, own: noService }, ...also] = parts;
  const { service, access, own = noService } = first;
  return {
    ...made,
    id,
    filingId: id,
    operation: courseOf(made.kind).operation ?? undefined,
    provider,
    service,
    access,
    origin: { ...origin, line, sequence, service: own },
    ...(also.length > 0 && { also }),
  };
}

const noService: OwnService = { id: null, domain: null, domains: 1, msn: null, scans: [], accesses: [] };
const noEnd = { ends: null, filingPasswordHash: null } as const;

function newFiling({ Zt_xx, Wz_xx, Fj = [] }: NewFiling, place: number, context: RecordsContext): Submission {
  return submissionOf(
    {
      kind: 'first',
      provinceCode: String(Zt_xx.Txdz.Shengid),
      subject: { ...subjectOf(Zt_xx, context), number: null, submittedBy: Zt_xx.Bbfs },
      parts: Wz_xx.map((service) => newPart(service, context)),
      origin: {
        operation: operationCodes.new_filing,
        mark: String(Zt_xx.IspZtid),
        ownSubject: Zt_xx.IspZtid,
        msn: Zt_xx.Fzr.Msn ?? null,
        attachments: attachmentsOf(Fj.map(({ Fjxx }) => Fjxx)),
        ...noEnd,
      },
    },
    place,
    context,
  );
}

function addedService({ Zt_xx, Wz_xx, Fj, ICPmm }: AddedService, place: number, context: RecordsContext): Submission {
  const mark = 'Ztid' in Zt_xx ? String(Zt_xx.Ztid) : Zt_xx.Ztbah;
  const subject =
    'Ztid' in Zt_xx ? context.state.ledger.subjectOf(Zt_xx.Ztid) : context.state.ledger.subjects.get(mark);
  const isHere = subject?.owns.has(context.line.unit) === true;
  return submissionOf(
    {
      kind: isHere ? 'add_site_here' : 'add_site_elsewhere',
      ...recordedSubject(subject, mark, context),
      parts: Wz_xx.map((service) => newPart(service, context)),
      origin: { ...noOrigin, operation: operationCodes.add_service, mark, ...sent(Fj, ICPmm) },
    },
    place,
    context,
  );
}

const noOrigin = { ownSubject: null, msn: null, attachments: [], ...noEnd } as const;

const sent = (files: NonNullable<AddedService['Fj']> | undefined, password: string | undefined) => ({
  attachments: attachmentsOf((files ?? []).map(({ Fjxx }) => Fjxx)),
  filingPasswordHash: password ?? null,
});

/** The subject as it is on record; by the name that it was called where it is on none, so that 1016 says so. */
function recordedSubject(subject: LedgerSubject | undefined, mark: string, context: RecordsContext) {
  if (subject === undefined) {
    return { provinceCode: context.line.province, subject: { ...nobody, number: mark } };
  }
  return { provinceCode: subject.province, subject: subjectOnRecord(context.state, subject) };
}

function addedAccess(record: AddedAccess, place: number, context: RecordsContext): Submission {
  const { Wz_xx } = record;
  const { ledger } = context.state;
  const mark = 'Wzid' in Wz_xx ? String(Wz_xx.Wzid) : Wz_xx.Wzbah;
  const service = 'Wzid' in Wz_xx ? ledger.serviceOf(Wz_xx.Wzid) : ledger.services.get(mark);
  const subject = ledger.subjects.get(service?.subjectNumber ?? '');
  const access = { own: record.IspJrid, id: null, ...reachOf(record) };
  return submissionOf(
    {
      kind: 'access',
      ...recordedSubject(subject, mark, context),
      parts: [
        {
          service: service === undefined ? { ...emptyService, number: mark } : serviceOnRecord(context.state, service),
          access: accessOf(access, context),
          own: { ...noService, accesses: [access] },
        },
      ],
      origin: {
        ...noOrigin,
        operation: operationCodes.add_access,
        // Results are known by the subject (`Bs`): by the authority's id where the provider named one of its, by a number where it did not.
        mark: subject === undefined ? mark : 'Wzid' in Wz_xx ? String(subject.id) : subject.number,
        ...sent(record.Fj, record.ICPmm),
      },
    },
    place,
    context,
  );
}

function change({ Zt_xx, Wz_xx, Fj, ICPmm }: Change, place: number, context: RecordsContext): Submission {
  const { state, rules } = context;
  const recorded = state.ledger.subjectOf(Zt_xx.Ztid);
  const number = recorded?.number ?? Zt_xx.Baxh;
  const stated = { ...subjectOf(Zt_xx, context), number };
  const changed = Wz_xx.map((service) => changedPart(service, context)).filter(
    (part, index) => !isAsRecorded(part, state.ledger.serviceOf(Wz_xx[index]?.Wzid ?? 0), context),
  );
  const isSubjectChanged = recorded === undefined || !isSame(stated, subjectOnRecord(state, recorded));
  const kind: AuthorityKind = changed.length === 0 ? 'change_filing' : isSubjectChanged ? 'correction' : 'change_site';
  // A certificate of another kind is a change all the same, whose word the tables have.
  const certificateType = certificateWord(rules, Zt_xx.Zj.Zjlx);
  return submissionOf(
    {
      kind,
      provinceCode: String(Zt_xx.Txdz.Shengid),
      subject: { ...stated, certificateType },
      parts: changed,
      origin: {
        ...noOrigin,
        operation: operationCodes.change,
        mark: String(Zt_xx.Ztid),
        msn: Zt_xx.Fzr.Msn ?? null,
        ...sent(Fj, ICPmm),
      },
    },
    place,
    context,
  );
}

function changedPart(service: ChangedService, context: RecordsContext): ServicePart {
  const recorded = context.state.ledger.serviceOf(service.Wzid);
  const accesses = service.Jr_xx.map((each) => ({ own: null, id: each.Jrid, ...reachOf(each) }));
  return {
    service: { ...serviceOf(service, context), number: recorded?.number ?? service.Baxh },
    access: accessOf(accesses[0], context),
    own: { ...ownOf(service), id: null, accesses },
  };
}

function isAsRecorded(part: ServicePart, recorded: LedgerService | undefined, context: RecordsContext): boolean {
  if (recorded === undefined || !isSame(part.service, serviceOnRecord(context.state, recorded))) return false;
  return (part.own?.accesses ?? []).every(({ id, methods, ranges }) => {
    const known = context.state.ledger.accesses.get(id ?? 0);
    const places = (list: readonly { readonly first: number; readonly last: number }[]) =>
      list.map(({ first, last }) => `${first}-${last}`).join();
    return known !== undefined && methods.join() === known.methods.join() && places(ranges) === places(known.ranges);
  });
}

/** Alike in what both say: what one of two wires does not carry is no change. */
function isSame(one: object, other: object): boolean {
  const others = new Map(Object.entries(other));
  return Object.entries(one).every(([key, value]) => {
    const there = others.get(key);
    if (isBlank(value) && isBlank(there)) return true;
    if (typeof value === 'object' && value !== null && typeof there === 'object' && there !== null) {
      return isSame(value, there);
    }
    return value === there || key === 'submittedBy' || key === 'content' || key === 'emergencyMobile';
  });
}

const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

function cancellation(record: Cancellation, place: number, context: RecordsContext): Submission {
  const { Zxlb, Jlid, Zxly, ICPmm } = record;
  const { ledger } = context.state;
  const access = Zxlb === 2 ? ledger.accesses.get(Jlid) : undefined;
  const service =
    Zxlb === 1 ? ledger.serviceOf(Jlid) : access === undefined ? undefined : ledger.services.get(access.serviceNumber);
  const subject = Zxlb === 0 ? ledger.subjectOf(Jlid) : ledger.subjects.get(service?.subjectNumber ?? '');
  const kinds = ['cancel_subject', 'cancel_site', 'cancel_access'] as const;
  const operation = [operationCodes.cancel_subject, operationCodes.cancel_service, operationCodes.cancel_access][Zxlb];
  return submissionOf(
    {
      kind: kinds[Zxlb] ?? 'cancel_access',
      ...recordedSubject(subject, String(Jlid), context),
      parts: service === undefined ? [] : [{ service: serviceOnRecord(context.state, service), access: noAccess }],
      origin: {
        ...noOrigin,
        operation: operation ?? operationCodes.cancel_access,
        mark: String(Jlid),
        filingPasswordHash: ICPmm ?? null,
        ends: { id: Jlid, reason: Zxly },
      },
    },
    place,
    context,
  );
}

function newPart(service: NewService, context: RecordsContext): ServicePart {
  const accesses = service.Jr_xx.map((each) => ({ own: each.IspJrid, id: null, ...reachOf(each) }));
  return {
    service: serviceOf(service, context),
    access: accessOf(accesses[0], context),
    own: { ...ownOf(service), id: service.IspWzid, accesses },
  };
}

const ownOf = ({ Ym_xx, Wz_Fzr, Nrlx }: NewService | ChangedService): Omit<OwnService, 'id' | 'accesses'> => ({
  domain: Ym_xx[0]?.IspYmid ?? null,
  domains: Ym_xx.length,
  msn: Wz_Fzr.Msn ?? null,
  scans: (Nrlx?.Nrlx_xx ?? []).map(({ Nrlx_id, Spwj }) => ({ id: Nrlx_id, files: Spwj })),
});

function subjectOf(
  { Dwmc, Dwxz, Tzr, Txdz, Zj, Fzr, Bz }: NewFiling['Zt_xx'] | Change['Zt_xx'],
  context: RecordsContext,
) {
  const { tables } = context.rules;
  const nature = tables.natures.items.find(({ id }) => id === Dwxz);
  const certificateType = certificateWord(context.rules, Zj.Zjlx);
  return {
    kind: nature?.subjectKind ?? (certificateType === 'resident_id' ? 'individual' : 'enterprise'),
    name: Dwmc,
    certificateType,
    certificateNumber: Zj.Zjhm,
    certificateAddress: Zj.Zjzs,
    contactAddress: Txdz.Xxdz ?? '',
    nature: Dwxz,
    certificateId: Zj.Zjlx,
    region: String(Txdz.Xianid ?? Txdz.Shiid),
    superior: Tzr,
    remark: Bz,
    principal: personOf(Fzr, context),
  } as const;
}

function personOf(person: NewFiling['Zt_xx']['Fzr'] | NewService['Wz_Fzr'], { rules }: RecordsContext): Person {
  return {
    name: person.Fzr_xm ?? '',
    certificateType: person.Fzr_zjlx === undefined ? '' : certificateWord(rules, person.Fzr_zjlx),
    certificateNumber: person.Fzr_zjhm ?? '',
    mobile: person.Fzr_sjhm,
    emergencyMobile: '',
    email: person.Fzr_dzyj,
    officePhone: person.Fzr_dhhm,
    messenger: person.Qq === undefined ? null : { id: qq, account: person.Qq },
  };
}

/** QQ in the table of messengers. */
const qq = 1;

function serviceOf(service: NewService | ChangedService, context: RecordsContext): Submission['service'] {
  return {
    kind: 'website',
    number: null,
    name: service.Wzmc,
    domainName: service.Ym_xx[0]?.Ym ?? '',
    homeUrl: service.Syurl ?? '',
    content: '',
    contents: service.Fwnr.Fwnr_id,
    languages: languageWords(context.rules, service.Yylb.Yylb_id),
    preApproval: '',
    preApprovals: (service.Nrlx?.Nrlx_xx ?? []).map(({ Nrlx_id, Qzsph }) => ({
      id: Nrlx_id,
      number: Qzsph,
      remark: '',
    })),
    remark: service.Wz_Bz ?? '',
    principal: personOf(service.Wz_Fzr, context),
  };
}

type Reach = Pick<NewService['Jr_xx'][number], 'Wzfb' | 'Wzjrfs' | 'Ip_xx'>;

const reachOf = ({ Wzfb, Wzjrfs, Ip_xx }: Reach): Pick<OwnAccess, 'methods' | 'places' | 'ranges'> => ({
  methods: Wzjrfs.Jrfs,
  places: Wzfb.Fbdd,
  ranges: Ip_xx.map(({ IspIpid, Qsip, Zzip }) => ({ own: IspIpid, first: Qsip, last: Zzip })),
});

function accessOf(access: OwnAccess | undefined, { rules, today }: RecordsContext): Submission['access'] {
  if (access === undefined) return noAccess;
  const divisions = placeRows(rules, today);
  const ranges = access.ranges.map(({ first, last }) => ({ first: ipv4Text(first), last: ipv4Text(last) }));
  return {
    resourceId: '',
    ipAddresses: ranges.map(({ first }) => first),
    methods: access.methods,
    places: access.places.flatMap((row) => divisions.get(row) ?? []),
    ipRanges: ranges,
  };
}
