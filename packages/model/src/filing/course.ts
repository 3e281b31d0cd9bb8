import type { MaterialKey, materialWhenTexts, Precondition, smsTexts } from './course-texts.ts';
import type { FilingKind, SubjectKind } from './kinds.ts';

/** `always`, or only where something in the form or a rule of the province asks for it. */
interface MaterialUse {
  readonly key: MaterialKey;
  readonly when: keyof typeof materialWhenTexts;
}

/** What a step may take: of ours in working days, as the states have it (`filingStates`), or none at all. */
interface CourseLimits {
  readonly providerReview: 'awaiting_review' | null;
  readonly sms: 'awaiting_sms' | null;
  readonly authority: 'awaiting_verdict' | null;
  /** To correct what came back; `demand`: as the demand says. */
  readonly correction: 'returned' | 'demand';
}

/** What an approval does to what there is. Until then everything stays as it is. */
interface ApprovalEffects {
  readonly record:
    | 'subject_and_service_made'
    | 'service_made'
    | 'stays'
    | 'subject_changed'
    | 'service_changed'
    | 'both_changed'
    | 'subject_and_services_cancelled'
    | 'service_cancelled'
    | 'account_changed';
  readonly access: 'made' | 'moved_if_resource_changed' | 'stays' | 'all_ended' | 'ended';
  readonly code: 'used' | 'used_if_bound' | 'stays_used';
  readonly quota: 'kept' | 'moved_if_resource_changed' | 'untouched' | 'returned_by_policy';
  readonly gate: 'opens' | 'stays_open' | 'unchanged' | 'closes';
}

/** What is left when it was refused, came back or was given up. */
interface RefusalEnding {
  readonly record: 'nothing_made' | 'stays_as_filed';
  readonly site: 'stays_closed' | 'closed_again' | 'stays_open';
  /** What it holds: kept while it can be corrected, given back when it ends. */
  readonly holding: 'kept_until_it_ends' | 'nothing_held';
}

/** What the authority is asked to do, whatever its wire: an adapter maps these words to those of its interface. */
export interface AuthorityOperation {
  readonly act: 'add' | 'change' | 'cancel';
  readonly of: readonly ('subject' | 'service' | 'access')[];
}

export interface FilingCourse {
  readonly preconditions: readonly Precondition[];
  readonly materials: { readonly unit: readonly MaterialUse[]; readonly individual: readonly MaterialUse[] };
  /** Who reviews it, in order. */
  readonly reviewedBy: readonly ('provider' | 'authority')[];
  /** Whose phone confirms it with the authority; of a correction those of the part that changed, which may be both. */
  readonly smsBy: readonly (keyof typeof smsTexts)[];
  /** Whether a site may be reached meanwhile, as the type has it; what a province says of that is data (`site-meanwhile.ts`). */
  readonly site: 'closed' | 'open_after_review' | 'open';
  readonly limits: CourseLimits;
  readonly operation: AuthorityOperation | null;
  readonly approved: ApprovalEffects;
  readonly refused: RefusalEnding;
  /** Labels in docs/sources.md. */
  readonly source: readonly string[];
}

const always = (key: MaterialKey): MaterialUse => ({ key, when: 'always' });
const where = (when: MaterialUse['when'], ...keys: MaterialKey[]): MaterialUse[] => keys.map((key) => ({ key, when }));

const serviceMaterials: readonly MaterialUse[] = [
  always('domain_certificate'),
  always('pledge'),
  always('verification'),
  ...where('if_declared', 'pre_approval', 'app_icon'),
  ...where('if_province_asks', 'construction_plan'),
];
/** The provider's own paper: of any filing by which an organiser may come onto record in an account. */
const agency = where('if_for_other', 'agency_letter');
const wholeMaterials = {
  unit: [
    always('subject_certificate'),
    always('legal_representative_id'),
    always('subject_principal_id'),
    always('service_principal_id'),
    ...where('if_not_legal_representative', 'principal_letter'),
    ...agency,
    ...serviceMaterials,
  ],
  individual: [
    always('subject_principal_id'),
    ...where('if_province_asks', 'residence_proof'),
    ...agency,
    ...serviceMaterials,
  ],
} as const;
const addedMaterials = [...where('if_new_principal', 'service_principal_id'), ...serviceMaterials];
const noMaterials = { unit: [], individual: [] } as const;

const reviewedLimits = {
  providerReview: 'awaiting_review',
  sms: 'awaiting_sms',
  authority: 'awaiting_verdict',
  correction: 'returned',
} as const;
const both = ['subject_principal', 'service_principal'] as const;

const opening = {
  materials: wholeMaterials,
  reviewedBy: ['provider', 'authority'],
  smsBy: both,
  site: 'closed',
  limits: reviewedLimits,
  approved: { record: 'service_made', access: 'made', code: 'used_if_bound', quota: 'kept', gate: 'opens' },
  refused: { record: 'nothing_made', site: 'stays_closed', holding: 'kept_until_it_ends' },
  source: ['tencent-filing-kinds', 'other-clouds-filing-kinds'],
} as const;
const access = {
  ...opening,
  smsBy: ['service_principal'],
  site: 'open_after_review',
  operation: { act: 'add', of: ['access'] },
  approved: { record: 'stays', access: 'made', code: 'used_if_bound', quota: 'kept', gate: 'opens' },
  refused: { record: 'stays_as_filed', site: 'closed_again', holding: 'kept_until_it_ends' },
} as const;
const change = {
  ...opening,
  site: 'open',
  refused: { record: 'stays_as_filed', site: 'stays_open', holding: 'kept_until_it_ends' },
} as const;
const cancel = {
  ...opening,
  materials: noMaterials,
  reviewedBy: ['authority'],
  site: 'open',
  limits: { ...reviewedLimits, providerReview: null },
  refused: { record: 'stays_as_filed', site: 'stays_open', holding: 'nothing_held' },
} as const;

/**
 * What each kind of filing takes and what it leads to. A change or cancellation leaves what is filed as it is until the verdict:
 * nothing here happens before `approved`, and `refused` takes nothing back that was on record.
 */
export const filingCourses = {
  first: {
    ...opening,
    preconditions: ['subject_unfiled', 'service_unfiled'],
    operation: { act: 'add', of: ['subject', 'service', 'access'] },
    approved: { ...opening.approved, record: 'subject_and_service_made' },
  },
  access: { ...access, preconditions: ['subject_filed', 'service_filed', 'service_not_here', 'unaltered'] },
  access_one_click: {
    ...access,
    materials: { unit: addedMaterials, individual: addedMaterials },
    preconditions: ['subject_here', 'service_filed', 'service_not_here', 'unaltered'],
  },
  add_site_here: {
    ...opening,
    materials: { unit: addedMaterials, individual: addedMaterials },
    preconditions: ['subject_here', 'service_unfiled', 'unaltered'],
    operation: { act: 'add', of: ['service', 'access'] },
  },
  add_site_elsewhere: {
    ...opening,
    preconditions: ['subject_filed', 'service_unfiled', 'unaltered'],
    operation: { act: 'add', of: ['service', 'access'] },
  },
  change_filing: {
    ...change,
    preconditions: ['subject_here'],
    materials: {
      unit: [
        always('subject_certificate'),
        ...where('if_declared', 'change_proof'),
        ...where('if_new_principal', 'subject_principal_id', 'verification'),
        ...where('if_not_legal_representative', 'principal_letter'),
      ],
      individual: [...where('if_new_principal', 'subject_principal_id', 'verification')],
    },
    smsBy: ['subject_principal'],
    operation: { act: 'change', of: ['subject'] },
    approved: {
      record: 'subject_changed',
      access: 'stays',
      code: 'stays_used',
      quota: 'untouched',
      gate: 'stays_open',
    },
    refused: { ...change.refused, holding: 'nothing_held' },
  },
  change_site: {
    ...change,
    preconditions: ['service_filed', 'service_here'],
    materials: {
      unit: [
        always('domain_certificate'),
        ...where('if_new_principal', 'service_principal_id', 'verification', 'principal_letter'),
        ...where('if_declared', 'pre_approval', 'app_icon'),
      ],
      individual: [
        always('domain_certificate'),
        ...where('if_new_principal', 'service_principal_id', 'verification'),
        ...where('if_declared', 'pre_approval', 'app_icon'),
      ],
    },
    smsBy: ['service_principal'],
    operation: { act: 'change', of: ['service', 'access'] },
    approved: {
      record: 'service_changed',
      access: 'moved_if_resource_changed',
      code: 'used_if_bound',
      quota: 'moved_if_resource_changed',
      gate: 'stays_open',
    },
  },
  correction: {
    ...change,
    preconditions: ['service_here', 'demanded'],
    materials: {
      unit: where('if_declared', 'changed_materials'),
      individual: where('if_declared', 'changed_materials'),
    },
    limits: { ...reviewedLimits, correction: 'demand' },
    operation: { act: 'change', of: ['subject', 'service'] },
    approved: { record: 'both_changed', access: 'stays', code: 'stays_used', quota: 'untouched', gate: 'stays_open' },
    refused: { ...change.refused, holding: 'nothing_held' },
  },
  cancel_subject: {
    ...cancel,
    preconditions: ['subject_here', 'nothing_open'],
    smsBy: ['subject_principal'],
    operation: { act: 'cancel', of: ['subject', 'service', 'access'] },
    approved: {
      record: 'subject_and_services_cancelled',
      access: 'all_ended',
      code: 'stays_used',
      quota: 'returned_by_policy',
      gate: 'closes',
    },
  },
  cancel_site: {
    ...cancel,
    preconditions: ['service_filed', 'service_here', 'not_last_service'],
    smsBy: ['service_principal'],
    operation: { act: 'cancel', of: ['service', 'access'] },
    approved: {
      record: 'service_cancelled',
      access: 'all_ended',
      code: 'stays_used',
      quota: 'returned_by_policy',
      gate: 'closes',
    },
  },
  cancel_access: {
    ...cancel,
    preconditions: ['service_filed', 'service_here'],
    smsBy: [],
    limits: { ...cancel.limits, sms: null },
    operation: { act: 'cancel', of: ['access'] },
    approved: {
      record: 'stays',
      access: 'ended',
      code: 'stays_used',
      quota: 'returned_by_policy',
      gate: 'closes',
    },
  },
  move_account: {
    ...cancel,
    preconditions: ['service_filed', 'target_ready', 'nothing_open'],
    reviewedBy: [],
    smsBy: [],
    limits: { providerReview: null, sms: null, authority: null, correction: 'returned' },
    operation: null,
    approved: {
      record: 'account_changed',
      access: 'stays',
      code: 'stays_used',
      quota: 'untouched',
      gate: 'unchanged',
    },
  },
} as const satisfies Record<FilingKind, FilingCourse>;

/** As `filingCourses`, without the particulars of one kind. */
export const courseOf = (kind: FilingKind): FilingCourse => filingCourses[kind];

/** What is handed in for a filing of that kind, by what the organiser is. */
export function materialsOf(kind: FilingKind, subjectKind: SubjectKind): readonly MaterialUse[] {
  const { materials } = courseOf(kind);
  return subjectKind === 'individual' ? materials.individual : materials.unit;
}

/** The facts that preconditions look at. */
export interface StartingFacts {
  readonly subject: { readonly filed: boolean; readonly here: boolean; readonly changed: boolean };
  readonly service: { readonly filed: boolean; readonly here: boolean };
  /** Other services of the organiser that are on record. */
  readonly otherServices: number;
  readonly openFilings: number;
  readonly demanded: boolean;
  readonly targetReady: boolean;
}

const holding: Readonly<Record<Precondition, (facts: StartingFacts) => boolean>> = {
  subject_unfiled: ({ subject }) => !subject.filed,
  subject_filed: ({ subject }) => subject.filed,
  subject_here: ({ subject }) => subject.here,
  service_unfiled: ({ service }) => !service.filed,
  service_filed: ({ service }) => service.filed,
  service_here: ({ service }) => service.here,
  service_not_here: ({ service }) => !service.here,
  unaltered: ({ subject }) => !subject.changed,
  not_last_service: ({ otherServices }) => otherServices > 0,
  demanded: (facts) => facts.demanded,
  target_ready: ({ targetReady }) => targetReady,
  nothing_open: ({ openFilings }) => openFilings === 0,
};

/** The preconditions of a kind that do not hold. */
export function unmetBy(kind: FilingKind, facts: StartingFacts): Precondition[] {
  return courseOf(kind).preconditions.filter((precondition) => !holding[precondition](facts));
}
