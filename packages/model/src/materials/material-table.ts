import { type MaterialKey, materialPlaces } from '../filing/index.ts';
import type { MaterialRules } from './material-rules.ts';

interface Text {
  readonly zh: string;
  readonly en: string;
}

/** Which side of a document a picture shows. */
export const materialParts = {
  whole: { zh: '整页', en: 'whole page' },
  front: { zh: '人像面', en: 'portrait side' },
  back: { zh: '国徽面（背面）', en: 'emblem side (back)' },
} as const satisfies Readonly<Record<string, Text>>;
export type MaterialPart = keyof typeof materialParts;

/** What kind of picture it is, which decides what it is held to. */
export type PictureKind = keyof MaterialRules['size'];

/** How one material is taken and handed on. */
interface MaterialEntry {
  /** Each is a picture of its own. */
  readonly parts: readonly MaterialPart[];
  readonly picture: PictureKind;
  /** How many pictures of each part there may be. */
  readonly most: number;
  /** The authority's number of what the picture shows (`policies/code-tables/image-uses.yaml`); null: it stays with the provider. */
  readonly imageUse: number | null;
  /** The field of the form that it proves, and the one that says which certificate it is; null: none. */
  readonly field: string | null;
  readonly certificateTypeField: string | null;
}

const both = ['front', 'back'] as const;
const page = ['whole'] as const;
const paper = { parts: page, picture: 'paper', certificateTypeField: null } as const;
const ofPerson = (at: string, imageUse: number) =>
  ({
    parts: both,
    picture: 'card',
    most: 1,
    imageUse,
    field: `${at}.certificateNumber`,
    certificateTypeField: `${at}.certificateType`,
  }) as const;

/** Every material by its key: pictures, and what they belong to. */
export const materialTable: Readonly<Record<MaterialKey, MaterialEntry>> = {
  subject_certificate: {
    ...paper,
    most: 1,
    imageUse: 1,
    field: 'subject.certificateNumber',
    certificateTypeField: 'subject.certificateType',
  },
  legal_representative_id: ofPerson('subject.legalRepresentative', 2),
  subject_principal_id: ofPerson('subject.principal', 3),
  service_principal_id: ofPerson('service.principal', 7),
  principal_letter: { ...paper, most: 2, imageUse: 2, field: 'subject.principal.name' },
  agency_letter: { ...paper, most: 3, imageUse: null, field: 'subject.certificateNumber' },
  residence_proof: { ...paper, most: 3, imageUse: 2, field: 'subject.residenceProof' },
  domain_certificate: { ...paper, picture: 'screen', most: 3, imageUse: 6, field: 'service.name' },
  pledge: { ...paper, most: 2, imageUse: 2, field: null },
  verification: { ...paper, most: 1, imageUse: 5, field: null },
  pre_approval: { ...paper, most: 10, imageUse: 9, field: 'service.preApproval' },
  construction_plan: { ...paper, most: 5, imageUse: 6, field: null },
  app_icon: { ...paper, picture: 'icon', most: 1, imageUse: 6, field: 'service.name' },
  change_proof: { ...paper, most: 3, imageUse: 2, field: 'subject.name' },
  changed_materials: { ...paper, most: 10, imageUse: 2, field: null },
};

/** How large the authority's copy may be, in bytes. */
export const copyBytesOf = (key: MaterialKey, { copy }: MaterialRules): number =>
  (key === 'verification' ? copy.verificationBytes : copy.ordinaryBytes).value;

/** Where findings about a picture stand: `materials.<key>.<part>`. */
export const materialField = (key: MaterialKey, part: MaterialPart): string => `${materialPlaces}${key}.${part}`;
