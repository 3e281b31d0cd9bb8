import { z } from 'zod';
import { booleanFacts } from './boolean-facts.ts';
import { choiceFacts, factPlaces, listFacts, numberFacts, textFacts } from './fact-table.ts';

/** `Object.keys` forgets which keys there are. */
const namesOf = <Table extends object>(table: Table) => Object.keys(table) as [keyof Table & string];
/** `fromEntries` forgets which keys there are. */
const each = <Table extends object, Value extends z.ZodType>(table: Table, value: Value) =>
  Object.fromEntries(namesOf(table).map((fact) => [fact, value.optional()])) as {
    [Fact in keyof Table]: z.ZodOptional<Value>;
  };

/** What rules of provinces look at, by name (`fact-table.ts`). A fact that the form does not give is missing. */
export const provinceFactsSchema = z.strictObject({
  ...each(numberFacts, z.int().nonnegative()),
  // Of some there may be several at once: contents, say.
  ...each(choiceFacts, z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])),
  ...each(listFacts, z.array(z.string().min(1))),
  ...each(textFacts, z.string().min(1)),
  ...each(booleanFacts, z.boolean()),
});
export type ProvinceFacts = z.output<typeof provinceFactsSchema>;
export type ProvinceFactKey = keyof ProvinceFacts;

const words = z.array(z.string().min(1)).min(1);
const oneBound = {
  params: { zh: '须写明其中一项', en: 'expected one of the two at least' },
};
const numberCondition = z
  .strictObject({
    fact: z.enum(namesOf(numberFacts)),
    below: z.int().positive().optional(),
    atLeast: z.int().positive().optional(),
  })
  .refine(({ below, atLeast }) => below !== undefined || atLeast !== undefined, oneBound);
const choiceCondition = z
  .strictObject({ fact: z.enum(namesOf(choiceFacts)), oneOf: words.optional(), noneOf: words.optional() })
  .refine(({ oneOf, noneOf }) => (oneOf === undefined) !== (noneOf === undefined), {
    params: { zh: 'oneOf 与 noneOf 须且只能写一项', en: 'expected oneOf or noneOf, not both' },
  });
const listCondition = z.strictObject({ fact: z.enum(namesOf(listFacts)), anyOf: words });
const textCondition = z
  .strictObject({ fact: z.enum(namesOf(textFacts)), contains: words.optional(), startsWith: words.optional() })
  .refine(({ contains, startsWith }) => contains !== undefined || startsWith !== undefined, oneBound);
const booleanCondition = z.strictObject({ fact: z.enum(namesOf(booleanFacts)), is: z.boolean() });

/** One typed condition over one fact. */
export const provinceCondition = z.union([
  numberCondition,
  choiceCondition,
  listCondition,
  textCondition,
  booleanCondition,
]);
export type ProvinceCondition = z.output<typeof provinceCondition>;

/** What a fact is: as the schema has it. */
type Fact = NonNullable<ProvinceFacts[ProvinceFactKey]>;
type FactTest = (fact: Fact) => boolean;

/** Made once for a condition: each check asks hundreds of them. */
const tests = new WeakMap<ProvinceCondition, FactTest>();

/** Does a condition hold? Null: the fact is missing, and what it may be does not decide it. */
export function holds(condition: ProvinceCondition, facts: ProvinceFacts): boolean | null {
  const fact = facts[condition.fact];
  if (fact !== undefined) return testFor(condition)(fact);
  const candidates = condition.fact === 'subject.form' ? facts['subject.possibleForms'] : undefined;
  if (candidates === undefined) return null;
  const answers = new Set(candidates.map(testFor(condition)));
  return answers.size === 1 ? answers.has(true) : null;
}

function testFor(condition: ProvinceCondition): FactTest {
  let test = tests.get(condition);
  if (test === undefined) {
    test = testOf(condition);
    tests.set(condition, test);
  }
  return test;
}

function testOf(condition: ProvinceCondition): FactTest {
  if ('is' in condition) return (fact) => fact === condition.is;
  if ('anyOf' in condition) return (fact) => Array.isArray(fact) && condition.anyOf.some((one) => fact.includes(one));
  if ('below' in condition || 'atLeast' in condition) {
    const { below = Number.POSITIVE_INFINITY, atLeast = 0 } = condition;
    return (fact) => typeof fact === 'number' && fact < below && fact >= atLeast;
  }
  if ('oneOf' in condition || 'noneOf' in condition) {
    const { oneOf, noneOf = [] } = condition;
    return oneOf === undefined ? (fact) => !isAny(fact, noneOf) : (fact) => isAny(fact, oneOf);
  }
  if (!('contains' in condition || 'startsWith' in condition)) return () => false;
  const { contains = [], startsWith = [] } = condition;
  return (fact) =>
    typeof fact === 'string' &&
    (contains.some((word) => fact.includes(word)) || startsWith.some((word) => fact.startsWith(word)));
}

function isAny(fact: Fact, words: readonly string[]): boolean {
  if (typeof fact === 'string') return words.includes(fact);
  return Array.isArray(fact) && fact.some((one) => words.includes(one));
}

/** Numbers that are known from below: there are at least so many, and maybe more that nobody here knows of. */
export type LowerBounds = Readonly<Partial<Record<keyof typeof numberFacts, number>>>;

/** Does a condition hold whatever the number is beyond its lower bound? Null: that alone does not tell. */
export function holdsAtLeast(condition: ProvinceCondition, bounds: LowerBounds): true | null {
  if (!('atLeast' in condition) || condition.below !== undefined || condition.atLeast === undefined) return null;
  const bound = bounds[condition.fact];
  return bound !== undefined && bound >= condition.atLeast ? true : null;
}

/** The words for which a condition over a text holds, the longest of those within each other; none of other conditions. */
export function wordsFound(condition: ProvinceCondition, facts: ProvinceFacts): readonly string[] {
  if (!('contains' in condition || 'startsWith' in condition)) return [];
  const text = facts[condition.fact] ?? '';
  const { contains = [], startsWith = [] } = condition;
  const found = [
    ...contains.filter((word) => text.includes(word)),
    ...startsWith.filter((word) => text.startsWith(word)),
  ];
  return found.filter((word) => !found.some((other) => other !== word && other.includes(word)));
}

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

/** The field at which a finding about a fact of a person's filing is shown. */
export function fieldOfFact(fact: ProvinceFactKey, { identity, contact }: PersonPaths): string {
  const place = factPlaces[fact];
  if (place.startsWith('identity:')) return `${identity}.${place.slice('identity:'.length)}`;
  return place.startsWith('contact:') ? `${contact}.${place.slice('contact:'.length)}` : place;
}
