import type { RouteStepAction } from './route/step-texts.ts';

/** A section of the form, by where its fields are; what each asks is in `forms/fields`. */
export type FormPart =
  | 'subject'
  | 'subject.principal'
  | 'service'
  | 'service.access'
  | 'service.principal'
  | 'cancellation';

/** A section as a kind of filing has it: asked, or only shown; of an asked one some fields may be locked. */
export interface FormPartUse {
  readonly part: FormPart;
  readonly as: 'asked' | 'shown';
  /** Paths of fields that are shown and not changed. */
  readonly locked?: readonly string[];
}

/**
 * What is particular to a kind of filing; what it takes and what it leads to is in `course.ts`, what the server does with it in
 * `flows/filing/kinds.ts`.
 */
interface FilingKindFacts {
  readonly zh: string;
  readonly en: string;
  /** What it is about: a service that is not on record yet, one that is, or an organiser with all its services. */
  readonly about: 'new_service' | 'service' | 'subject';
  /** Who has the last word: the authority, or (a record changes hands) both accounts without it. */
  readonly decidedBy: 'authority' | 'both_accounts';
  /**
   * What `openbeian route` calls it, where that is not its own name: the same filing under other circumstances, which follow from
   * the records. Rules of provinces for that kind hold for it.
   */
  readonly routedAs?: string;
  /** Opens a service, spends quota and is taken online; the others change or end an existing record. */
  readonly opens: boolean;
  /** What somebody asks for who needs it, and what must be on record for it; null where the facts alone decide. */
  readonly request: { readonly intent: string; readonly of: 'subject' | 'record' } | null;
  /** What its form asks and shows, in this order; nothing where it is not taken online. */
  readonly form: readonly FormPartUse[];
  /** What to do, in order (docs/sources.md `tencent-filing-kinds`). */
  readonly steps: readonly RouteStepAction[];
}

const asked = <Part extends FormPart>(part: Part) => ({ part, as: 'asked' }) as const;
const shown = <Part extends FormPart>(part: Part) => ({ part, as: 'shown' }) as const;
const serviceForm = [asked('service'), asked('service.access'), asked('service.principal')] as const;
const wholeForm = [asked('subject'), asked('subject.principal'), ...serviceForm] as const;
const subjectShown = [shown('subject'), shown('subject.principal')] as const;
/** What ends a record shows what it ends, and asks why and for the last six characters of the certificate. */
const cancelSubjectForm = [asked('cancellation'), ...subjectShown] as const;
const cancelServiceForm = [
  asked('cancellation'),
  shown('subject'),
  shown('service'),
  shown('service.principal'),
] as const;
const openingSteps = ['fill_form', 'provider_review', 'confirm_sms', 'authority_review', 'show_number'] as const;

/** The filings there are (备案类型), as `openbeian route` names them. A new kind is a row here; the type checker lists the rest. */
export const filingKindTable = {
  first: {
    zh: '首次备案',
    en: 'First filing',
    about: 'new_service',
    decidedBy: 'authority',
    opens: true,
    request: null,
    form: wholeForm,
    steps: ['register_real_name', 'choose_resource', 'keep_closed', ...openingSteps],
  },
  access: {
    zh: '接入备案',
    en: 'Access filing',
    about: 'service',
    decidedBy: 'authority',
    opens: true,
    request: null,
    // It may not alter what is on record, and still states it: the authority compares.
    form: wholeForm,
    steps: [
      'choose_resource',
      'match_standing_record',
      'fill_form',
      'provider_review',
      'open_after_review',
      'confirm_sms',
      'authority_review',
    ],
  },
  access_one_click: {
    zh: '一键接入备案',
    en: 'One-click access filing',
    about: 'service',
    decidedBy: 'authority',
    routedAs: 'access',
    opens: true,
    request: null,
    // The organiser is filed here and is only shown; of the service what is known here is filled in, the rest is typed again.
    form: [...subjectShown, ...serviceForm],
    steps: [
      'choose_resource',
      'check_standing_record',
      'fill_form',
      'provider_review',
      'open_after_review',
      'confirm_sms',
      'authority_review',
    ],
  },
  add_site_here: {
    zh: '新增网站（原备案在本接入商）',
    en: 'Add a site (organiser filed here)',
    about: 'new_service',
    decidedBy: 'authority',
    opens: true,
    request: null,
    // The subject is filed here, so it is not asked again.
    form: serviceForm,
    steps: ['register_real_name', 'choose_resource', 'check_standing_record', 'keep_closed', ...openingSteps],
  },
  add_site_elsewhere: {
    zh: '新增网站（原备案不在本接入商）',
    en: 'Add a site (organiser filed elsewhere)',
    about: 'new_service',
    decidedBy: 'authority',
    opens: true,
    request: null,
    form: wholeForm,
    steps: ['register_real_name', 'choose_resource', 'match_standing_record', 'keep_closed', ...openingSteps],
  },
  change_filing: {
    zh: '变更备案',
    en: 'Change organiser details',
    about: 'subject',
    decidedBy: 'authority',
    opens: false,
    request: { intent: 'change_subject', of: 'subject' },
    form: [asked('subject'), asked('subject.principal')],
    steps: ['fill_form', 'provider_review', 'confirm_sms', 'authority_review'],
  },
  change_site: {
    zh: '变更网站',
    en: 'Change a site',
    about: 'service',
    decidedBy: 'authority',
    opens: false,
    request: { intent: 'change_site', of: 'record' },
    // Its name on the internet stays: since 2019-04-22 another domain is another service.
    form: [...subjectShown, ...serviceForm],
    steps: ['fill_form', 'provider_review', 'confirm_sms', 'authority_review'],
  },
  correction: {
    zh: '核查整改',
    en: 'Correction on demand',
    about: 'service',
    decidedBy: 'authority',
    routedAs: 'change_site',
    opens: false,
    request: null,
    // Only what was demanded is open, whatever else the form has.
    form: wholeForm,
    steps: ['read_demand', 'fill_form', 'provider_review', 'confirm_sms', 'authority_review'],
  },
  cancel_subject: {
    zh: '注销主体',
    en: 'Cancel the organiser’s filing',
    about: 'subject',
    decidedBy: 'authority',
    opens: false,
    request: { intent: 'cancel_subject', of: 'subject' },
    form: cancelSubjectForm,
    steps: ['confirm_identity', 'confirm_sms', 'authority_review'],
  },
  cancel_site: {
    zh: '注销网站',
    en: 'Cancel a site',
    about: 'service',
    decidedBy: 'authority',
    opens: false,
    request: { intent: 'cancel_site', of: 'record' },
    form: cancelServiceForm,
    steps: ['confirm_identity', 'confirm_sms', 'authority_review'],
  },
  cancel_access: {
    zh: '取消接入',
    en: 'Cancel access',
    about: 'service',
    decidedBy: 'authority',
    opens: false,
    request: { intent: 'cancel_access', of: 'record' },
    form: cancelServiceForm,
    steps: ['point_away', 'confirm_identity', 'authority_review'],
  },
  move_account: {
    zh: '迁移备案账号',
    en: 'Move to another account',
    about: 'subject',
    decidedBy: 'both_accounts',
    opens: false,
    request: { intent: 'move_account', of: 'record' },
    form: [],
    steps: ['name_target_account', 'confirm_identity', 'confirm_by_other_account'],
  },
} as const satisfies Record<string, FilingKindFacts>;

type Table = typeof filingKindTable;
export type FilingKind = keyof Table;
/** Object.keys forgets which keys there are. */
export const filingKinds = Object.keys(filingKindTable) as readonly FilingKind[];

/** Filings that open a service and spend quota; the others change or end an existing record. */
export type OpeningKind = { [Kind in FilingKind]: Table[Kind]['opens'] extends true ? Kind : never }[FilingKind];
export const openingKinds = filingKinds.filter((kind): kind is OpeningKind => filingKindTable[kind].opens);

/** Filings that change, move or end an existing record: somebody has to ask for them. */
export type RequestedKind = { [Kind in FilingKind]: Table[Kind]['request'] extends null ? never : Kind }[FilingKind];
export type RequestIntent = Table[RequestedKind]['request']['intent'];
export const requestedKinds = filingKinds.filter(
  (kind): kind is RequestedKind => filingKindTable[kind].request !== null,
);

/** The filings that go to the authority and so have an order of their own (备案订单); the others only change hands here. */
export type AuthorityKind = {
  [Kind in FilingKind]: Table[Kind]['decidedBy'] extends 'authority' ? Kind : never;
}[FilingKind];
export const authorityKinds = filingKinds.filter(
  (kind): kind is AuthorityKind => filingKindTable[kind].decidedBy === 'authority',
);

/** The filings as `openbeian route` and the rules of provinces name them. */
export type RoutedKind = { [Kind in FilingKind]: Table[Kind] extends { routedAs: string } ? never : Kind }[FilingKind];
export const routedKinds = filingKinds.filter((kind): kind is RoutedKind => !('routedAs' in filingKindTable[kind]));

/** What a kind is called there. */
export function routedKindOf(kind: FilingKind): RoutedKind {
  const row: FilingKindFacts = filingKindTable[kind];
  const named = row.routedAs ?? kind;
  const found = routedKinds.find((one) => one === named);
  if (found === undefined) throw new Error(`${kind} is routed as ${named}, which is no kind`);
  return found;
}

/** What is cancelled: the subject with all its services, one service, or one provider's access to it. */
export const cancellationScopes = ['subject', 'service', 'access'] as const;
export type CancellationScope = (typeof cancellationScopes)[number];

/** What is filed (网站, APP, 小程序). */
export const serviceKinds = ['website', 'app', 'mini_program'] as const;
export type ServiceKind = (typeof serviceKinds)[number];

/** What a filed service's record says of it: in force, cancelled, or stopped by the authority. */
export const recordStates = ['filed', 'cancelled', 'suspended', 'blacklisted'] as const;
export type RecordState = (typeof recordStates)[number];

/** Nature of the organiser (单位性质); ids of the authority's table in docs/sources.md `ISP-V3`. */
export const subjectKinds = ['individual', 'enterprise', 'institution', 'government', 'society'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** What people call each kind; fromEntries forgets which keys there are. */
export const filingKindNames = Object.fromEntries(
  Object.entries(filingKindTable).map(([kind, { zh, en }]) => [kind, { zh, en }]),
) as Readonly<Record<FilingKind, { readonly zh: string; readonly en: string }>>;
