export { type PlannedName, parseDomainList } from './domain-list.ts';
export { type ChangeKind, type ChangeWeights, changeKinds } from './mend.ts';
export {
  type Assignment,
  type CodesToIssue,
  defaultWeights,
  largestWeight,
  type Plan,
  type PlanInput,
  type PlannedChange,
  planFilings,
} from './plan-filings.ts';
export type { Unplaced } from './unplaced.ts';
