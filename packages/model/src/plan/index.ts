export { type PlannedName, parseDomainList } from './domain-list.ts';
export { type ChangeKind, type ChangeWeights, changeKinds } from './fixes.ts';
export type { Assignment, CodesToIssue, Plan, PlannedChange, Unplaced } from './plan.ts';
export { defaultWeights, largestWeight, type PlanInput, planFilings } from './plan-filings.ts';
export { planSchema } from './plan-schema.ts';
