import {
  type AuthorityKind,
  type MaterialKey,
  materialKeys,
  materialNames,
  materialsOf,
  materialWhenTexts,
  type ServiceKind,
  type SubjectKind,
} from '../filing/index.ts';
import { type MaterialPart, materialField, materialParts, materialTable, type PictureKind } from './material-table.ts';
import { isSignedPaper } from './signed-on.ts';

interface Text {
  readonly zh: string;
  readonly en: string;
}

/** A place for pictures of one filing. */
export interface NeededMaterial {
  readonly key: MaterialKey;
  readonly part: MaterialPart;
  /** Where findings about it stand. */
  readonly field: string;
  readonly name: Text;
  /** The field of the form that it proves; null: none. */
  readonly formField: string | null;
  /** The certificate that the form names, whose picture it is; null: none is named, or it is no certificate. */
  readonly certificateType: string | null;
  readonly picture: PictureKind;
  readonly most: number;
  /** Null: it stays with the provider. */
  readonly imageUse: number | null;
  /** Nothing is submitted without it. */
  readonly isRequired: boolean;
  /** It bears the day on which it was signed. */
  readonly isSigned: boolean;
  /** When it is asked for, in words. */
  readonly when: Text;
}

/** What decides which materials a filing needs. */
export interface MaterialContext {
  readonly kind: AuthorityKind;
  readonly subjectKind: SubjectKind;
  readonly serviceKind: ServiceKind;
  /** Everybody in charge is verified on a telephone: no sheet of paper takes its place. */
  readonly isVerifiedByPhone?: boolean;
  /** The account files for another organiser than itself. */
  readonly isForOther?: boolean;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * The materials that a filing may carry, in order, and which of them it cannot be submitted without.
 * @param values of the form, by field path
 */
export function neededMaterials(values: Values, context: MaterialContext): NeededMaterial[] {
  return materialsOf(context.kind, context.subjectKind)
    .filter(({ key }) => isPossible(key, context))
    .flatMap(({ key, when }) => {
      const { parts, picture, most, imageUse, field, certificateTypeField } = materialTable[key];
      const isRequired = isRequiredBy(key, when, values, context);
      const [formField, typeField] = [field, certificateTypeField].map((path) => pathFor(path, context));
      const certificateType = typeField == null ? null : textAt(values, typeField);
      return parts.map((part) => ({
        key,
        part,
        picture,
        most,
        imageUse,
        isRequired,
        isSigned: isSignedPaper(key),
        certificateType,
        field: materialField(key, part),
        name: nameOf(key, part, parts.length > 1),
        formField: formField ?? null,
        when: !isRequired && when === 'always' ? notAskedText : materialWhenTexts[when],
      }));
    });
}

/** Of what is compulsory, but not here: a person who is shown already, or verified on a telephone. */
const notAskedText: Text = { zh: '按所填内容无须提交', en: 'not needed, by what is filled in' };

/** An individual is the principal: its certificate is the organiser's. */
const pathFor = (path: string | null, { subjectKind }: MaterialContext): string | null =>
  subjectKind === 'individual' && path !== null ? path.replace('subject.principal.', 'subject.') : path;

const textAt = (values: Values, path: string): string | null => {
  const value = values[path];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** What the place is called whose findings have that field; null: it is no material's. */
export function materialNameAt(field: string): Text | null {
  const [, key, part] = /^materials\.(\w+)\.(\w+)$/.exec(field) ?? [];
  const known = materialKeys.find((one) => one === key);
  const side = known && materialTable[known].parts.find((one) => one === part);
  return known && side ? nameOf(known, side, materialTable[known].parts.length > 1) : null;
}

function nameOf(key: MaterialKey, part: MaterialPart, isOneOfSeveral: boolean): Text {
  const { zh, en } = materialNames[key];
  if (!isOneOfSeveral) return { zh, en };
  const side = materialParts[part];
  return { zh: `${zh.replace('（正反面）', '')}：${side.zh}`, en: `${en.replace(', both sides', '')}: ${side.en}` };
}

const isPossible = (key: MaterialKey, { serviceKind }: MaterialContext): boolean =>
  key === 'app_icon' ? serviceKind === 'app' : true;

function isRequiredBy(
  key: MaterialKey,
  when: keyof typeof materialWhenTexts,
  values: Values,
  { serviceKind, isVerifiedByPhone, isForOther }: MaterialContext,
): boolean {
  if (key === 'agency_letter') return isForOther === true;
  if (key === 'verification' && isVerifiedByPhone === true) return false;
  // The picture of somebody who is there already is not asked for twice.
  if (key === 'legal_representative_id' && values['subject.legalRepresentative.isPrincipal'] !== 'no') return false;
  if (key === 'service_principal_id') return when === 'always' && !isSamePerson(values);
  if (key === 'principal_letter') return values['subject.legalRepresentative.isPrincipal'] === 'no';
  if (key === 'app_icon') return serviceKind === 'app';
  if (key === 'pre_approval') return hasPreApproval(values['service.preApproval']);
  return when === 'always';
}

function isSamePerson(values: Values): boolean {
  if (values['service.principal.isSubjects'] === 'yes') return true;
  const number = textAt(values, 'service.principal.certificateNumber');
  return number !== null && number === textAt(values, 'subject.principal.certificateNumber');
}

const hasPreApproval = (given: unknown): boolean =>
  Array.isArray(given) && given.some((one: unknown) => typeOf(one) !== null && typeOf(one) !== 'none');

const typeOf = (one: unknown): string | null =>
  typeof one === 'object' && one !== null && 'type' in one && typeof one.type === 'string' ? one.type : null;
