import type { Day } from '@openbeian/model/calendar';
import type { QuotaUse } from '@openbeian/model/quota';
import { z } from 'zod';
import type { ReasonCode } from '../../reason.ts';
import type { SheetOf } from './condition.ts';
import { networkConditions, networkSchemas } from './network.ts';
import { purchaseConditions, purchaseSchemas } from './purchase.ts';
import { termConditions, termSchemas } from './terms.ts';

/*
 * All conditions, in three groups by what they are about, and what is made of them: the schema of a policy's conditions and the
 * sheet of their parameters on a day (`foundAgainst` in evaluate.ts asks it). A new condition is a record and three lines in
 * the file of its group (`purchase.ts`, `terms.ts`, `network.ts`); `conditions.test.ts` asks for the rest.
 */

/** By the name that policies use for them. */
export const conditions = { ...purchaseConditions, ...termConditions, ...networkConditions } as const;
export type Rule = keyof typeof conditions;
// The list is a literal, so its keys are the rules and nothing else.
const rules = Object.keys(conditions) as Rule[];

/** A condition as a policy file states it. */
export const conditionSchema = z.discriminatedUnion('rule', [...purchaseSchemas, ...termSchemas, ...networkSchemas]);
export type Condition = z.output<typeof conditionSchema>;
export type ConditionOf<R extends Rule> = Extract<Condition, { rule: R }>;

/** The parameters of every condition on one day; null: not asked. All sheets have the same shape. */
export type RuleSheet = SheetOf<typeof conditions>;

/** The condition that gives a reason; undefined where none does. Each reason belongs to one condition at most. */
export const ruleOfReason: ReadonlyMap<ReasonCode, Rule> = reasonOwners();

/** The conditions that hold for both uses (`use` null), or for one use alone; null where there are none. */
export function sheetOf(stated: readonly Condition[], use: QuotaUse | null, at: Day): RuleSheet | null {
  const mine = stated.filter(({ for: uses }) => {
    const both = uses === undefined || (uses.includes('file') && uses.includes('issue'));
    return use === null ? both : !both && uses.includes(use);
  });
  if (mine.length === 0) return null;
  const parametersOf = (rule: Rule) => {
    const condition = mine.find((it) => it.rule === rule);
    // The schema's union ensures that a condition has the shape of its rule's record.
    const compile = conditions[rule].compile as (condition: Condition, at: Day) => unknown;
    return condition === undefined ? null : compile(condition, at);
  };
  // Every rule's parameters come from its own `compile`.
  return Object.fromEntries(rules.map((rule) => [rule, parametersOf(rule)])) as RuleSheet;
}

function reasonOwners(): Map<ReasonCode, Rule> {
  const owners = new Map<ReasonCode, Rule>();
  for (const rule of rules) {
    for (const code of conditions[rule].reasonCodes) {
      const other = owners.get(code);
      if (other !== undefined) throw new Error(`${code} belongs to the condition ${other} and to ${rule}`);
      owners.set(code, rule);
    }
  }
  return owners;
}
