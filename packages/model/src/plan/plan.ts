import type { Day } from '@openbeian/model/calendar';
import type { Bilingual, ReasonCode } from '@openbeian/model/eligibility';
import type { QuotaUse } from '@openbeian/model/quota';
import type { PlannedName } from './domain-list.ts';
import type { ChangeKind, ChangeWeights } from './fixes.ts';
import type { Option } from './options.ts';

/** One change of a resource, or the purchase of one. Its shape for other programs: docs/plan.schema.json. */
export interface PlannedChange {
  /** Within this plan: `change-1`, in the order of the list. */
  readonly id: string;
  readonly change: ChangeKind;
  /** For a new resource a name within the plan, `new-1`. */
  readonly resource: string;
  readonly provider: string;
  readonly product: string;
  readonly account: string | null;
  /** With `renew`, `convert` and `new`: the day that the expiry must not be before. */
  readonly until: Day | null;
  readonly weight: number;
  /** The domains that need it, in the order in which they are filed. */
  readonly serves: readonly string[];
}

export interface Assignment {
  readonly name: string;
  readonly account: string | null;
  readonly subject: string | null;
  /** `direct`: by the resource's own account; `code`: with a code that the resource issues. */
  readonly way: 'direct' | 'code';
  readonly resource: string;
  readonly provider: string;
  readonly product: string;
  /** Who owns the resource, and so issues the code. */
  readonly owner: string | null;
  /** What must be done to the resource before this domain is filed. */
  readonly needs: readonly ChangeKind[];
  /** Which changes of the plan do it: their ids, one for each of `needs`, in that order. */
  readonly changes: readonly string[];
  /** The last day on which the resource still passes without a further renewal; null where no clock applies. */
  readonly startBy: Day | null;
  /** A subject has one open filing at a time: its filings of round 2 start when those of round 1 are over. */
  readonly round: number;
}

export interface CodesToIssue {
  readonly resource: string;
  readonly provider: string;
  readonly product: string;
  readonly count: number;
  /** Names that must be filed directly on the resource before: it cannot be picked once it has issued codes. */
  readonly after: readonly string[];
}

export interface Plan {
  readonly at: Day;
  readonly weights: ChangeWeights;
  readonly names: number;
  readonly placed: number;
  /** Sum of the weights of the changes. */
  readonly cost: number;
  /** No plan that places as many names costs less. */
  readonly lowerBound: number;
  /** `cost - lowerBound`, and the same as a share of the cost. */
  readonly gap: number;
  readonly gapShare: number;
  /** Proven: no plan places more, costs less, or costs as much with fewer changes. */
  readonly optimal: boolean;
  readonly changes: readonly PlannedChange[];
  readonly codes: readonly CodesToIssue[];
  /** In the order in which the filings are made. */
  readonly assignments: readonly Assignment[];
  readonly unplaced: readonly Unplaced[];
}

export interface Placement {
  readonly name: PlannedName;
  readonly option: Option;
  readonly use: QuotaUse;
}

export interface Unplaced {
  readonly name: string;
  readonly account: string | null;
  readonly subject: string | null;
  readonly code: UnplacedCode;
  readonly message: Bilingual;
  /** Why the resources that could have taken it are not eligible, with how many resources each reason concerns. */
  readonly blockers: readonly { readonly code: ReasonCode; readonly resources: number }[];
}

/**
 * `quota_used_up`: there are resources for it, but the other names take all they can carry. `nothing_mendable`: it has
 * resources, but no allowed change makes one carry it. `no_resource`: there is nothing that it could be filed on.
 */
export type UnplacedCode = 'plan.quota_used_up' | 'plan.nothing_mendable' | 'plan.no_resource';
