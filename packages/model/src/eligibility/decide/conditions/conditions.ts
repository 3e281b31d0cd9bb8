import type { Day } from '@openbeian/model/calendar';
import type { QuotaUse } from '@openbeian/model/quota';
import { z } from 'zod';
import type { Resource } from '../../inventory.ts';
import type { ReasonCode } from '../../reason.ts';
import type { MissingFacts } from '../missing-facts.ts';
import { bitOf, type ReasonSet } from '../reason-set.ts';
import type { Surroundings } from './condition.ts';
import { environment, ownIp, publicBandwidth, publicIp, running } from './network.ts';
import { billing, issuer, notTrial, orderAmount, resourcePackage } from './purchase.ts';
import { boughtTerm, firstTerm, notExpired, remainingTerm } from './terms.ts';

/*
 * The list of all conditions, and what is made of it: the schema of a policy's conditions, the sheet of their parameters on
 * a day, and the one function that asks a sheet. A new condition is a record, a row in `conditions` and a line in
 * `foundAgainst`; `conditions.test.ts` asks for the rest.
 */

/** By the name that policies use for them. */
export const conditions = {
  billing,
  boughtTerm,
  remainingTerm,
  notExpired,
  firstTerm,
  orderAmount,
  package: resourcePackage,
  publicIp,
  publicBandwidth,
  ownIp,
  environment,
  running,
  notTrial,
  issuer,
} as const;
export type Rule = keyof typeof conditions;
// The list is a literal, so its keys are the rules and nothing else.
const rules = Object.keys(conditions) as Rule[];

/** A condition as a policy file states it. */
export const conditionSchema = z.discriminatedUnion('rule', [
  billing.schema,
  boughtTerm.schema,
  remainingTerm.schema,
  notExpired.schema,
  firstTerm.schema,
  orderAmount.schema,
  resourcePackage.schema,
  publicIp.schema,
  publicBandwidth.schema,
  ownIp.schema,
  environment.schema,
  running.schema,
  notTrial.schema,
  issuer.schema,
]);
export type Condition = z.output<typeof conditionSchema>;
export type ConditionOf<R extends Rule> = Extract<Condition, { rule: R }>;

/** The parameters of every condition on one day; null: not asked. All sheets have the same shape. */
export type RuleSheet = {
  readonly [R in Rule]: ReturnType<(typeof conditions)[R]['compile']> | null;
};

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
    // The schema's union says that a condition has the shape of its rule's record.
    const compile = conditions[rule].compile as (condition: Condition, at: Day) => unknown;
    return condition === undefined ? null : compile(condition, at);
  };
  // Every rule's parameters come from its own `compile`.
  return Object.fromEntries(rules.map((rule) => [rule, parametersOf(rule)])) as RuleSheet;
}

const released = bitOf('resource.not_running');

/**
 * All that the conditions of a sheet find against a resource; the facts they miss go to `missing`. Written out line by line:
 * a loop over the records would be calls that the engine cannot predict, and it is these calls that cost. A released
 * resource is gone at every provider, whatever its policy says of stopped ones.
 */
export function foundAgainst(
  resource: Resource,
  sheet: RuleSheet | null,
  missing: MissingFacts,
  surroundings: Surroundings,
): ReasonSet {
  let set = resource.state === 'released' ? released : 0;
  if (sheet === null) return set;
  if (sheet.billing !== null) set |= billing.find(resource, sheet.billing, missing, surroundings);
  if (sheet.boughtTerm !== null) set |= boughtTerm.find(resource, sheet.boughtTerm, missing, surroundings);
  if (sheet.remainingTerm !== null) set |= remainingTerm.find(resource, sheet.remainingTerm, missing, surroundings);
  if (sheet.notExpired !== null) set |= notExpired.find(resource, sheet.notExpired, missing, surroundings);
  if (sheet.publicIp !== null) set |= publicIp.find(resource, sheet.publicIp, missing, surroundings);
  if (sheet.ownIp !== null) set |= ownIp.find(resource, sheet.ownIp, missing, surroundings);
  if (sheet.publicBandwidth !== null)
    set |= publicBandwidth.find(resource, sheet.publicBandwidth, missing, surroundings);
  if (sheet.notTrial !== null) set |= notTrial.find(resource, sheet.notTrial, missing, surroundings);
  if (sheet.running !== null) set |= running.find(resource, sheet.running, missing, surroundings);
  if (sheet.issuer !== null) set |= issuer.find(resource, sheet.issuer, missing, surroundings);
  if (sheet.environment !== null) set |= environment.find(resource, sheet.environment, missing, surroundings);
  if (sheet.firstTerm !== null) set |= firstTerm.find(resource, sheet.firstTerm, missing, surroundings);
  if (sheet.orderAmount !== null) set |= orderAmount.find(resource, sheet.orderAmount, missing, surroundings);
  if (sheet.package !== null) set |= resourcePackage.find(resource, sheet.package, missing, surroundings);
  return set;
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
