import { addDays } from '../calendar/index.ts';
import type { MaterialKey } from '../filing/index.ts';
import type { NeededMaterial } from './needed-materials.ts';

/** What shows who somebody is, whatever is filed. Everything else is of one name, or signed for one filing. */
const ofSomebody: readonly MaterialKey[] = [
  'subject_certificate',
  'legal_representative_id',
  'subject_principal_id',
  'service_principal_id',
  'residence_proof',
];

type Values = Readonly<Record<string, unknown>>;

/** The two forms that are compared. */
export interface CopiedForms {
  readonly from: Values;
  readonly to: Values;
  /** The day, and how many days certificates must have left then; 0 where no limit is known. */
  readonly at: string;
  readonly minDaysLeft: number;
}

/**
 * Does a picture of the first form's filing show what the second one asks for at that place? Of the same person or organiser, by the
 * same certificate, which is still valid long enough.
 * @param place of the second filing
 */
export function isCarriedAlong(place: NeededMaterial, { from, to, at, minDaysLeft }: CopiedForms): boolean {
  if (!ofSomebody.includes(place.key) || place.formField === null) return false;
  const owner = place.formField.replace(/\.\w+$/, '');
  const named = [place.formField, `${owner}.certificateNumber`];
  const same = [...named, ...['name', 'certificateType', 'certificateValidFrom', 'certificateValidTo'].map(of(owner))];
  if (named.some((path) => isNothing(to[path])) || same.some((path) => textOf(from[path]) !== textOf(to[path]))) {
    return false;
  }
  const until = to[`${owner}.certificateValidTo`];
  return isNothing(until) || until === 'long_term' || String(until) >= addDays(at, minDaysLeft);
}

const of = (owner: string) => (name: string) => `${owner}.${name}`;
const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';
const textOf = (value: unknown): string => (isNothing(value) ? '' : JSON.stringify(value));
