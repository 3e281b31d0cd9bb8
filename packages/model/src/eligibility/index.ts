export { type CheckReport, check, type Decision, decide, lastGoodDay, namesOf, type UseDecision } from './check.ts';
export { type Assumption, assume, parseAssumption } from './clock/assume.ts';
export {
  type CodeDates,
  type CodeValidity,
  codeSuspensionReasons,
  codeValidity,
  goodUntil,
  lastDayOfCode,
  type SuspensionReasonCode,
} from './clock/clock.ts';
export * from './clock/code-stop.ts';
export { type Timeline, type TimelineCause, type TimelineChange, timeline } from './clock/timeline.ts';
export type { NamedFact } from './decide/conditions/condition.ts';
export { ruleOfReason } from './decide/conditions/conditions.ts';
export { type ContextParts, contextOf, type InventoryContext, inventoryContext, ledgersOf } from './decide/context.ts';
export { type Evaluation, evaluate, evaluateUse, quotaOf, type UseEvaluation } from './decide/evaluate.ts';
export { findingsIn, namedFactsOf } from './decide/findings.ts';
export { type FactSet, factBitOf, factsIn } from './decide/missing-facts.ts';
export {
  findPolicy,
  hostingRules,
  type Policy,
  type PolicySet,
  type ProviderPolicies,
  parsePolicyFile,
  policySet,
  rulesOfDay,
} from './decide/policy-set.ts';
export { outcomeOfSet, type ReasonSet, reasonsIn, setOfReasons } from './decide/reason-set.ts';
export { type Found, type FoundUse, newFound, type Survey, survey } from './decide/survey.ts';
export { dayReached, explain, explainAs, type NamedValues, type Reason } from './explain/explain.ts';
export { amountsText, billingNames, periodText, realNameNames, scopeNames } from './explain/wording.ts';
export { type FactChange, factChanges } from './fact-changes.ts';
export { addSummaries, type FleetSummary, summarize, type UseSummary } from './fleet/summary.ts';
export * from './inventory.ts';
export { type OwnedInventory, type OwnedResource, parseOwnedInventory } from './owned-inventory.ts';
export { type CodeMode, codeModeOf } from './policy/code-mode.ts';
export {
  type AccountRules,
  type CodeBehaviour,
  type PolicyFile,
  type PolicyVersion,
  policyFileSchema,
} from './policy/policy-schema.ts';
export { daysFrom } from './policy/term.ts';
export { type AddressUse, addressUse, isPublicAddress } from './public-address.ts';
export {
  type Bilingual,
  type Deadline,
  type Finding,
  type Outcome,
  outcomeOf,
  outcomes,
  type ReasonCode,
  type RemedyAction,
  reasonCodes,
  remedyActions,
} from './reason.ts';
export * from './remedy-link.ts';
export { type SharedReport, shareReasons } from './share-reasons.ts';
