import type { Day } from '@openbeian/model/calendar';
import { z } from 'zod';
import type { RealName, Resource } from '../../inventory.ts';
import type { Deadline, Finding, ReasonCode, Term } from '../../reason.ts';
import { type FactKey, factBitOf, type MissingFacts } from '../missing-facts.ts';
import { bitOf, type ReasonSet } from '../reason-set.ts';

/** What a condition may look at besides the resource. */
export interface Surroundings {
  realNameOf(accountId: string): RealName | undefined;
}

/** What the text of a condition's reason is built from. */
export interface Asked<C> {
  readonly condition: C;
  readonly resource: Resource;
  readonly at: Day;
  /** Label of docs/sources.md. */
  readonly source: string;
  /** The term rules that hold for the same use: a remedy must satisfy them as well. */
  readonly terms: { readonly bought: Term | null; readonly remaining: Term | null };
  readonly surroundings: Surroundings;
}

/**
 * One named condition that a policy may set: everything about it but its words (`explain/reason-texts.ts`). The list of all
 * is `conditions.ts`.
 */
export interface ConditionRecord<S extends z.ZodType, P, R extends ReasonCode> {
  /** How a policy file states it. */
  readonly schema: S;
  /** Facts of the inventory without which it cannot be decided. */
  readonly factKeys: readonly FactKey[];
  readonly reasonCodes: readonly R[];
  /** Facts that its text names: resources with equal values get the same text, by one policy on one day. */
  readonly namedFacts: readonly NamedFact[];
  /** The parameters of the condition on a day, as cheap to ask as can be. */
  compile(condition: z.output<S>, at: Day): P;
  /** What it finds against a resource; the facts it misses go to `missing`. Asked for every resource of a fleet. */
  find(resource: Resource, parameters: P, missing: MissingFacts, surroundings: Surroundings): ReasonSet;
  /** The values behind each of its reasons, and the computed remedy. */
  readonly explain: { readonly [C in R]: (asked: Asked<z.output<S>>) => FindingParts<C> };
}

/** A fact that words name. `quota`: the limit and what was used. */
export type NamedFact = FactKey | 'state' | 'quota';

type FindingParts<C extends ReasonCode> = Pick<Extract<Finding, { code: C }>, 'detail' | 'remedy'> & {
  readonly until?: Deadline | null;
};

/** The parameters of each of some conditions on one day; null: not asked. */
export type SheetOf<C extends Readonly<Record<string, { compile(...given: never): unknown }>>> = {
  readonly [R in keyof C]: ReturnType<C[R]['compile']> | null;
};

/** Keeps the types of a record's parts together. */
export function condition<S extends z.ZodType, P, R extends ReasonCode>(
  record: ConditionRecord<S, P, R>,
): ConditionRecord<S, P, R> {
  return record;
}

const label = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/)
  .meta({ description: 'Label of a source in docs/sources.md.' });

/** What every condition may state. */
export const common = {
  for: z
    .array(z.enum(['file', 'issue']))
    .min(1)
    .optional()
    .meta({ description: 'What the condition holds for; without it, for filing and for issuing codes.' }),
  source: label.optional(),
};

export const whereKnown = z.boolean().optional().meta({
  description: 'The fact refuses when it is known to be wrong; where the inventory lacks it, it decides nothing.',
});

const missingBit = bitOf('resource.fact_missing');

/** Notes a fact that the inventory lacks. */
export function missingFact(missing: MissingFacts, key: FactKey): ReasonSet {
  missing.keys |= factBitOf(key);
  return missingBit;
}
