import { addPeriod, daysBetween, isPeriod, knownPeriod, parsePeriod } from '@openbeian/model/calendar';
import { z } from 'zod';
import type { Resource } from '../../inventory.ts';
import { dateNumberOf, earliestEnd, enoughLater, numbersFit, termOf } from '../../policy/term.ts';
import type { MissingFacts } from '../missing-facts.ts';
import { bitOf, type ReasonSet } from '../reason-set.ts';
import { common, condition, missingFact, type SheetOf, type Surroundings, whereKnown } from './condition.ts';

const period = z.string().refine(isPeriod, {
  params: { zh: '应为 ISO 8601 时长，如 P3M、P90D', en: 'expected an ISO 8601 period such as P3M or P90D' },
});
const term = {
  ...common,
  atLeast: period.optional().meta({ description: 'The term itself is enough: P30D passes with exactly 30 days.' }),
  moreThan: period.optional().meta({ description: 'The term itself is not enough.' }),
};

/** Pay-as-you-go has no term: its expiry is neither needed nor evaluated (contract §1). */
function hasNoTerm({ billing }: Resource): boolean {
  return billing === 'pay_as_you_go';
}

const boughtTooShort = bitOf('resource.purchased_term_too_short');

/** The term from purchase to expiry. */
const boughtTerm = condition({
  schema: z.strictObject({ rule: z.literal('boughtTerm'), ...term }),
  factKeys: ['boughtAt', 'expiresAt'],
  reasonCodes: ['resource.purchased_term_too_short'],
  namedFacts: ['boughtAt', 'expiresAt'],
  compile: (stated) => {
    const asked = termOf(stated);
    // So much later by the numbers of the dates, the term is certainly long enough.
    return { term: asked, certain: enoughLater(asked) };
  },
  find: (resource, { term: asked, certain }, missing) => {
    if (hasNoTerm(resource)) return 0;
    const { boughtAt, expiresAt } = resource;
    if (expiresAt === undefined || boughtAt === undefined) {
      if (boughtAt === undefined) missingFact(missing, 'boughtAt');
      return expiresAt === undefined ? missingFact(missing, 'expiresAt') : missingFact(missing, 'boughtAt');
    }
    const start = dateNumberOf(boughtAt);
    const end = dateNumberOf(expiresAt);
    return end - start < certain && !numbersFit(start, end, asked) ? boughtTooShort : 0;
  },
  explain: {
    'resource.purchased_term_too_short': ({ condition: stated, resource, at }) => {
      const { boughtAt = '', expiresAt = '' } = resource;
      const asked = termOf(stated);
      const until = { from: boughtAt, terms: [asked], notBefore: at };
      const days = String(daysBetween(boughtAt, expiresAt));
      return { detail: { term: asked, boughtAt, expiresAt, days }, remedy: 'renew', until };
    },
  },
});

const remainingTooShort = bitOf('resource.remaining_term_too_short');

/** The time that is left until expiry. */
const remainingTerm = condition({
  schema: z.strictObject({ rule: z.literal('remainingTerm'), ...term }),
  factKeys: ['expiresAt'],
  reasonCodes: ['resource.remaining_term_too_short'],
  namedFacts: ['expiresAt'],
  compile: (stated, at) => ({ lastsTo: dateNumberOf(earliestEnd(at, termOf(stated))) }),
  find: (resource, { lastsTo }, missing) => {
    if (hasNoTerm(resource)) return 0;
    const { expiresAt } = resource;
    if (expiresAt === undefined) return missingFact(missing, 'expiresAt');
    return dateNumberOf(expiresAt) < lastsTo ? remainingTooShort : 0;
  },
  explain: {
    'resource.remaining_term_too_short': ({ condition: stated, resource, at }) => {
      const asked = termOf(stated);
      const { expiresAt = '' } = resource;
      const days = String(Math.max(0, daysBetween(at, expiresAt)));
      const detail = { term: asked, expiresAt, at, days };
      return { detail, remedy: 'renew', until: { from: at, terms: [asked], notBefore: at } };
    },
  },
});

const expired = bitOf('resource.expired');

const notExpired = condition({
  schema: z.strictObject({ rule: z.literal('notExpired'), ...common, whereKnown }),
  factKeys: ['expiresAt'],
  reasonCodes: ['resource.expired'],
  namedFacts: ['expiresAt'],
  compile: (stated, at) => ({ today: dateNumberOf(at), needed: stated.whereKnown !== true }),
  find: (resource, { today, needed }, missing) => {
    if (hasNoTerm(resource)) return 0;
    const { expiresAt } = resource;
    if (expiresAt === undefined) return needed ? missingFact(missing, 'expiresAt') : 0;
    return dateNumberOf(expiresAt) < today ? expired : 0;
  },
  explain: {
    'resource.expired': ({ resource, at, terms }) => ({
      detail: { expiresAt: resource.expiresAt ?? '', at },
      remedy: 'renew',
      until: { from: at, terms: terms.remaining === null ? [] : [terms.remaining], notBefore: at },
    }),
  },
});

const firstTooShort = bitOf('resource.first_term_too_short');

/** The term of the first order, which renewing does not lengthen. */
const firstTerm = condition({
  schema: z.strictObject({ rule: z.literal('firstTerm'), ...term }),
  factKeys: ['firstTerm'],
  reasonCodes: ['resource.first_term_too_short'],
  namedFacts: ['firstTerm'],
  compile: (stated, at) => ({ term: termOf(stated), at }),
  find: ({ firstTerm: given, boughtAt }, { term: asked, at }, missing) => {
    if (given === undefined) return missingFact(missing, 'firstTerm');
    const { months, days } = knownPeriod(given);
    const needed = asked.period;
    const sameUnit = (days === 0 && needed.days === 0) || (months === 0 && needed.months === 0);
    // Days and months only compare once they are laid on a calendar: from the day of purchase where it is known.
    const start = boughtAt ?? at;
    const enough = sameUnit
      ? months + days >= needed.months + needed.days + (asked.strict ? 1 : 0)
      : addPeriod(start, { months, days }) >= earliestEnd(start, asked);
    return enough ? 0 : firstTooShort;
  },
  explain: {
    'resource.first_term_too_short': ({ condition: stated, resource }) => ({
      detail: { term: termOf(stated), firstTerm: parsePeriod(resource.firstTerm ?? 'P0D') },
      remedy: 'use_other_resource',
    }),
  },
});

/** By the name that policies use for them. */
export const termConditions = { boughtTerm, remainingTerm, notExpired, firstTerm } as const;

export const termSchemas = [boughtTerm.schema, remainingTerm.schema, notExpired.schema, firstTerm.schema] as const;

/** What these conditions find; the facts they miss go to `missing`. A line each: see `foundAgainst`. */
export function foundByTerm(
  resource: Resource,
  sheet: SheetOf<typeof termConditions>,
  missing: MissingFacts,
  surroundings: Surroundings,
): ReasonSet {
  let set = 0;
  if (sheet.boughtTerm !== null) set |= boughtTerm.find(resource, sheet.boughtTerm, missing, surroundings);
  if (sheet.remainingTerm !== null) set |= remainingTerm.find(resource, sheet.remainingTerm, missing, surroundings);
  if (sheet.notExpired !== null) set |= notExpired.find(resource, sheet.notExpired, missing, surroundings);
  if (sheet.firstTerm !== null) set |= firstTerm.find(resource, sheet.firstTerm, missing, surroundings);
  return set;
}
