import { z } from 'zod';
import { ageInYears, birthDay, residentIdProblem } from '../forms/identifiers.ts';

/** What rules of provinces look at, by name. A fact that the form does not give is missing. */
export const provinceFactsSchema = z.strictObject({
  /** Whole years, of people with a resident identity card. */
  'person.age': z.int().nonnegative().optional(),
  /** Id of the type of the person's certificate. */
  'person.certificate': z.string().optional(),
  /** Was the person's resident identity number given out in the province of the filing? */
  'person.isLocal': z.boolean().optional(),
  /** Is the person's emergency number their mobile number? */
  'person.emergencyIsMobile': z.boolean().optional(),
  /** Is the person in charge of the site the one in charge of the organiser? */
  'principals.areOne': z.boolean().optional(),
  /** Do different people in charge give one mobile number? */
  'principals.shareMobile': z.boolean().optional(),
});
export type ProvinceFacts = z.output<typeof provinceFactsSchema>;
export type ProvinceFactKey = keyof ProvinceFacts;

const isFact = z.enum(['person.isLocal', 'person.emergencyIsMobile', 'principals.areOne', 'principals.shareMobile']);

/** One typed condition over one fact. */
export const provinceCondition = z.union([
  z.strictObject({
    fact: z.literal('person.age'),
    below: z.int().positive().optional(),
    atLeast: z.int().positive().optional(),
  }),
  z.strictObject({ fact: z.literal('person.certificate'), oneOf: z.array(z.string().min(1)).min(1) }),
  z.strictObject({ fact: isFact, is: z.boolean() }),
]);
export type ProvinceCondition = z.output<typeof provinceCondition>;

/** The field at which a fact is stated, within the person's part of the form. */
export const fieldOfFact: Readonly<Record<ProvinceFactKey, (person: PersonPaths) => string>> = {
  'person.age': ({ identity }) => `${identity}.certificateNumber`,
  'person.certificate': ({ identity }) => `${identity}.certificateType`,
  'person.isLocal': ({ identity }) => `${identity}.certificateNumber`,
  'person.emergencyIsMobile': ({ contact }) => `${contact}.emergencyMobile`,
  'principals.areOne': () => 'service.principal.certificateNumber',
  'principals.shareMobile': () => 'service.principal.mobile',
};

/** Where the form asks for a person's certificate and for their numbers. */
export interface PersonPaths {
  readonly identity: string;
  readonly contact: string;
}

/** The people of a form: an individual organiser is asked for once. */
export const peopleOf = (isIndividual: boolean): readonly PersonPaths[] =>
  isIndividual
    ? [{ identity: 'subject', contact: 'subject.principal' }]
    : ['subject.principal', 'service.principal'].map((at) => ({ identity: at, contact: at }));

/** The facts of one person of a form, on a day, in a province of six digits. */
export function provinceFactsOf(
  values: Readonly<Record<string, unknown>>,
  { identity, contact }: PersonPaths,
  { at, provinceCode }: { readonly at: string; readonly provinceCode: string },
): ProvinceFacts {
  const textAt = (path: string): string | undefined => {
    const value = values[path];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const equal = (one: string | undefined, other: string | undefined): boolean | undefined =>
    one === undefined || other === undefined ? undefined : one.toUpperCase() === other.toUpperCase();
  const certificate = textAt(`${identity}.certificateType`);
  const number = textAt(`${identity}.certificateNumber`)?.toUpperCase();
  // A number that is wrong is found by its own rule; nothing else is concluded from it.
  const id = certificate === 'resident_id' && number && residentIdProblem(number, at) === null ? number : undefined;
  const birth = id === undefined ? null : birthDay(id);
  const areOne = equal(textAt('subject.principal.certificateNumber'), textAt('service.principal.certificateNumber'));
  const oneMobile = equal(textAt('subject.principal.mobile'), textAt('service.principal.mobile'));
  return {
    'person.age': birth === null ? undefined : ageInYears(birth, at),
    'person.certificate': certificate,
    'person.isLocal': id?.startsWith(provinceCode.slice(0, 2)),
    'person.emergencyIsMobile': equal(textAt(`${contact}.mobile`), textAt(`${contact}.emergencyMobile`)),
    'principals.areOne': areOne,
    'principals.shareMobile': areOne === false ? oneMobile : undefined,
  };
}
