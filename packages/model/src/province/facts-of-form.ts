import { daysBetween, isDay } from '../calendar/day.ts';
import { ageInYears, birthDay, creditCodeProblem, residentIdProblem } from '../forms/identifiers.ts';
import { isLocalLandline } from './area-codes.ts';
import type { DivisionTable } from './divisions.ts';
import type { PersonPaths, ProvinceFactKey, ProvinceFacts } from './facts.ts';
import { isAddressIn, isAddressInCityOf } from './places.ts';

/** Of which form, and when. */
interface FormOf {
  /** A day in Asia/Shanghai. */
  readonly at: string;
  readonly provinceCode: string;
  /** The registrable name that is filed, where it is known. */
  readonly domainName?: string;
  /** At least those of the province, where addresses are to be compared. */
  readonly divisions?: DivisionTable;
}

type Values = Readonly<Record<string, unknown>>;

/** The facts of one person of a form and of its site, on a day, in a province of six digits. What a form does not say is left out. */
export function provinceFactsOf(values: Values, person: PersonPaths, of: FormOf): ProvinceFacts {
  return { ...personFacts(values, person, of), ...commonFacts(values, person.identity === 'subject', of) };
}

/** As `provinceFactsOf`, of each person of the form in their order. */
export function provinceFactsOfAll(values: Values, people: readonly PersonPaths[], of: FormOf): ProvinceFacts[] {
  // An individual organiser is one person, so that no two of them have other facts in common.
  const common = commonFacts(values, people[0]?.identity === 'subject', of);
  return people.map((person) => ({ ...personFacts(values, person, of), ...common }));
}

const commonFacts = (values: Values, isIndividual: boolean, of: FormOf): ProvinceFacts => ({
  ...peopleFacts(values, isIndividual),
  ...subjectFacts(values, isIndividual, of),
  ...serviceFacts(values, of),
});

function textAt(values: Values, path: string): string | undefined {
  const value = values[path];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
/** The texts of a list, or of one field of its items; undefined for none. */
function textsAt(values: Values, path: string, part?: string): string[] | undefined {
  const value = values[path];
  const list = typeof value === 'string' ? [value] : Array.isArray(value) ? value : [];
  const texts = list.map((one) => (part !== undefined && typeof one === 'object' && one !== null ? one[part] : one));
  const said = texts.filter((one): one is string => typeof one === 'string' && one !== '');
  return said.length > 0 ? said : undefined;
}
/** More than any rule asks for: a certificate that does not end has enough of them. */
const endlessDays = Number.MAX_SAFE_INTEGER;

/** Days that are left of a certificate. */
function daysLeft(values: Values, owner: string, at: string): number | undefined {
  const last = values[`${owner}.certificateValidTo`];
  if (last === 'long_term') return endlessDays;
  return isDay(last) ? Math.max(0, daysBetween(at, last)) : undefined;
}
const equal = (one: string | undefined, other: string | undefined): boolean | undefined =>
  one === undefined || other === undefined ? undefined : one.toUpperCase() === other.toUpperCase();

const isNot = (one: string | undefined, other: string): boolean | undefined =>
  one === undefined ? undefined : one !== other;

function personFacts(values: Values, { identity, contact }: PersonPaths, { at, provinceCode }: FormOf): ProvinceFacts {
  const certificate = textAt(values, `${identity}.certificateType`);
  const number = textAt(values, `${identity}.certificateNumber`)?.toUpperCase();
  // A number that is wrong is found by its own rule; nothing else is concluded from it.
  const id = certificate === 'resident_id' && number && residentIdProblem(number, at) === null ? number : undefined;
  const birth = id === undefined ? null : birthDay(id);
  const roles: Readonly<Record<string, string>> = { subject: 'both', 'subject.principal': 'subject' };
  return {
    'person.age': birth === null ? undefined : ageInYears(birth, at),
    'person.certificate': certificate,
    'person.certificateDaysLeft': daysLeft(values, identity, at),
    'person.role': roles[identity] ?? 'service',
    // GB 11643: the last digit but one is odd for men.
    'person.sex': id === undefined ? undefined : Number(id[16]) % 2 === 1 ? 'male' : 'female',
    'person.isLocal': id?.startsWith(provinceCode.slice(0, 2)),
    'person.emergencyIsMobile': equal(
      textAt(values, `${contact}.mobile`),
      textAt(values, `${contact}.emergencyMobile`),
    ),
    'person.officePhoneIsLocal': isLocalLandline(textAt(values, `${contact}.officePhone`) ?? '', provinceCode),
  };
}

function peopleFacts(values: Values, isIndividual: boolean): ProvinceFacts {
  const both = (path: string) =>
    ['subject.principal', 'service.principal'].map((at) => textAt(values, `${at}.${path}`));
  const [subjectNumber, serviceNumber] = both('certificateNumber');
  const [subjectMobile, serviceMobile] = both('mobile');
  const numbers = [...both('mobile'), ...both('emergencyMobile')].filter((number) => number !== undefined);
  const areOne = equal(subjectNumber, serviceNumber);
  const isAlone = areOne === true || (isIndividual && subjectMobile !== undefined && serviceNumber === undefined);
  const shareMobile = areOne === false ? equal(subjectMobile, serviceMobile) : undefined;
  return {
    'principals.areOne': areOne,
    // One person shares a number with nobody.
    'principals.shareMobile': isAlone ? false : shareMobile,
    'phones.distinct': numbers.length === 4 ? new Set(numbers).size : undefined,
  };
}

/** Natures of bodies that the state runs: 机关、国防、事业单位. */
export const publicBodyNatures: readonly string[] = ['government', 'defence', 'institution'];

/** What kind of unit a nature, or a certificate, says that it is. */
const formsOfUnits: Readonly<Record<string, string>> = {
  law_practice: 'law_firm',
  medical_institution: 'hospital',
  ...Object.fromEntries(publicBodyNatures.map((nature) => [nature, 'public_body'])),
};

/** What an enterprise by nature may be; GB 32100: the numbers of sole traders begin with 92, those of companies with 91. */
const formsOfEnterprises = ['sole_trader', 'foreign_office', 'foreign_invested', 'financial', 'other_unit'];

/** What is known of the organiser when it is asked what kind of unit it is. */
interface UnitOf {
  /** Its word; undefined: not known yet. */
  readonly nature: string | undefined;
  readonly certificate?: string | undefined;
  readonly certificateNumber?: string | undefined;
}

/**
 * The kind of unit by its nature, certificate and number; what it may be where they leave that open, as of an enterprise. Nothing
 * of individuals, and where the nature is not known. What is none of those that rules know is another unit.
 */
export function formOfUnit({ nature, certificate, certificateNumber }: UnitOf): ProvinceFacts {
  if (certificate === 'foreign_office') return { 'subject.form': 'foreign_office' };
  if (nature === undefined || nature === 'individual') return {};
  if (nature !== 'enterprise') return { 'subject.form': formsOfUnits[nature] ?? 'other_unit' };
  const number = certificateNumber?.toUpperCase() ?? '';
  // A number that is wrong is found by its own rule; nothing else is concluded from it.
  const kind = creditCodeProblem(number) === null ? number.slice(0, 2) : undefined;
  if (kind === '92') return { 'subject.form': 'sole_trader' };
  const isRuledOut: Readonly<Record<string, boolean>> = {
    sole_trader: kind !== undefined,
    foreign_office: certificate !== undefined,
  };
  return { 'subject.possibleForms': formsOfEnterprises.filter((form) => isRuledOut[form] !== true) };
}

function subjectFacts(values: Values, isIndividual: boolean, { at, provinceCode, divisions }: FormOf): ProvinceFacts {
  const certificate = textAt(values, 'subject.certificateType');
  const nature = textAt(values, 'subject.nature');
  return {
    'subject.certificate': certificate,
    'subject.certificateDaysLeft': daysLeft(values, 'subject', at),
    ...formOfUnit({ nature, certificate, certificateNumber: textAt(values, 'subject.certificateNumber') }),
    'subject.name': textAt(values, 'subject.name'),
    'subject.contactAddress': textAt(values, 'subject.contactAddress'),
    'addresses.areInOneCity': isAddressInCityOf(
      textAt(values, 'subject.certificateAddress'),
      textAt(values, 'subject.region'),
      divisions,
    ),
    ...(isIndividual
      ? { 'subject.hasResidenceProof': isNot(textAt(values, 'subject.residenceProof'), 'none') }
      : { 'subject.certificateIsLocal': isAddressIn(textAt(values, 'subject.certificateAddress'), provinceCode) }),
    ...(isIndividual ? {} : representativeFacts(values)),
  };
}

/** Who the legal representative is: the principal, or the person who is named besides. */
function representativeFacts(values: Values): ProvinceFacts {
  const said = textAt(values, 'subject.legalRepresentative.isPrincipal');
  const isPrincipal = said === undefined ? undefined : said === 'yes';
  const own = isPrincipal ? 'subject.principal' : 'subject.legalRepresentative';
  const number = isPrincipal === undefined ? undefined : textAt(values, `${own}.certificateNumber`);
  const certificate = isPrincipal === undefined ? undefined : textAt(values, `${own}.certificateType`);
  return {
    'subject.principalIsLegalRepresentative': isPrincipal,
    'service.principalIsLegalRepresentative': equal(number, textAt(values, 'service.principal.certificateNumber')),
    'subject.legalRepresentativeIsForeign': certificate === undefined ? undefined : certificate !== 'resident_id',
  };
}

/** A filing is of one service, and a service of one name, unless somebody knows better. */
const assumedFacts = { 'order.services': 1, 'service.domains': 1 } as const;

/** What is known besides fills what the form leaves open; what the form says goes before it. */
export function withKnown(ofForm: ProvinceFacts, known: ProvinceFacts | undefined): ProvinceFacts {
  if (known === undefined || Object.keys(known).length === 0) return ofForm;
  const said = Object.entries(ofForm).filter(([fact, value]) => value !== undefined && !(fact in assumedFacts));
  return { ...ofForm, ...known, ...Object.fromEntries(said) };
}

/** Facts of `known` of which the form says otherwise. */
export function contradictedFacts(ofForm: ProvinceFacts, known: ProvinceFacts): ProvinceFactKey[] {
  const merged = withKnown(ofForm, known);
  // Object.keys forgets which keys there are.
  return (Object.keys(known) as ProvinceFactKey[]).filter(
    (fact) => known[fact] !== undefined && [known[fact]].flat().join() !== [merged[fact]].flat().join(),
  );
}

const several = (list: readonly unknown[] | undefined) => (list === undefined ? undefined : list.length > 1);

function serviceFacts(values: Values, { domainName }: FormOf): ProvinceFacts {
  const name = textAt(values, 'service.name');
  const remark = values['service.remark'];
  const dot = domainName?.indexOf('.') ?? -1;
  return {
    'service.name': name,
    'service.nameHan': name === undefined ? undefined : (name.match(/\p{Script=Han}/gu) ?? []).length,
    'service.nameHasLatin': name === undefined ? undefined : /\p{Script=Latin}/u.test(name),
    'service.nameIsSubjects': equal(name, textAt(values, 'subject.name')),
    'service.content': textsAt(values, 'service.content'),
    'service.preApproval': textsAt(values, 'service.preApproval', 'type'),
    // A remark that is not there has no length; the form always asks for it.
    'service.remarkLength': typeof remark === 'string' ? [...remark.trim()].length : 0,
    'resources.areInSeveralProvinces': several(textsAt(values, 'service.access.places')),
    ...assumedFacts,
    'domain.label': dot > 0 ? domainName?.slice(0, dot) : undefined,
    'domain.suffix': dot > 0 ? domainName?.slice(dot + 1) : undefined,
    'domain.topLevel': dot > 0 ? domainName?.split('.').at(-1) : undefined,
  };
}
