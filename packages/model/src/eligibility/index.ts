export { type Assumption, assume, parseAssumption } from './assume.ts';
export {
  type CodeDates,
  type CodeStanding,
  codeStanding,
  codeStandingReasons,
  goodUntil,
  lastDayOfCode,
  type StandingReasonCode,
} from './clock.ts';
export { type CodeMode, codeModeOf } from './code-mode.ts';
export * from './code-stop.ts';
export { type ContextParts, contextOf, type InventoryContext, inventoryContext, ledgersOf } from './context.ts';
export { type CheckReport, check, type Decision, decide, namesOf, type UseDecision, weigh } from './decide.ts';
export { type Evaluation, evaluate } from './evaluate.ts';
export { explain, type Reason } from './explain.ts';
export * from './inventory.ts';
export {
  type AccountRules,
  type CodeBehaviour,
  type PolicyFile,
  type PolicyVersion,
  policyFileSchema,
} from './policy-schema.ts';
export {
  findPolicy,
  type Policy,
  type PolicySet,
  type ProviderPolicies,
  parsePolicyFile,
  placeOfRegion,
  policySet,
} from './policy-set.ts';
export {
  type Bilingual,
  type Finding,
  type Outcome,
  outcomeOf,
  outcomes,
  type ReasonCode,
  type RemedyAction,
  reasonCodes,
  remedyActions,
} from './reason.ts';
export { outcomeOfSet, type ReasonSet, reasonsIn } from './reason-set.ts';
export { type Survey, survey } from './survey.ts';
export { type Timeline, type TimelineCause, type TimelineChange, timeline } from './timeline.ts';
