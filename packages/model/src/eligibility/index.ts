export { type CodeStanding, codeStanding, goodUntil, type StandingReasonCode } from './clock.ts';
export { check, type CheckReport, decide, type Decision, type UseDecision } from './decide.ts';
export { type Evaluation, evaluate, type InventoryContext, inventoryContext, ledgersOf } from './evaluate.ts';
export { explain, type Reason } from './explain.ts';
export * from './inventory.ts';
export { type CodeBehaviour, type PolicyFile, policyFileSchema, type PolicyVersion } from './policy-schema.ts';
export { findPolicy, parsePolicyFile, type Policy, type PolicySet, policySet, type ProviderPolicies } from './policy-set.ts';
export {
  type Bilingual,
  type Finding,
  type Outcome,
  outcomeOf,
  outcomes,
  type ReasonCode,
  reasonCodes,
  type RemedyAction,
  remedyActions,
} from './reason.ts';
