import { dayOf } from '@openbeian/model/calendar';
import type { Decision } from '@openbeian/model/eligibility';
import { query } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { openEvaluator } from '../resource/account-evaluator.ts';
import type { CodeReason } from './code-reasons.ts';
import { type Numbered, numbered, unknownResource } from './partner-answer.ts';

export interface PartnerResource {
  readonly resourceId: string;
  readonly mayIssue: boolean;
  /** How many more codes; null: unlimited. */
  readonly remaining: number | null;
  readonly quota: Decision['issue']['quota'];
  readonly reasons: readonly Numbered<CodeReason>[];
}

/** Which of the caller's resources may issue codes now, and how many more (other clouds: check). */
export const checkPartnerResources = query(
  { id: 'checkPartnerResources', faults: [] },
  async (step, input: { readonly resourceIds: readonly string[] }) => ({
    at: dayOf(step.at),
    results: await checkResources(step, input.resourceIds),
  }),
);

/** In the order asked; a resource of others is unknown. */
export async function checkResources(step: Step, resourceIds: readonly string[]): Promise<PartnerResource[]> {
  const account = ownAccount(step.actor);
  const evaluator = await openEvaluator(step, account, resourceIds);
  return resourceIds.map((resourceId) => {
    const row = evaluator.rowOf(resourceId);
    if (row?.accountId !== account) {
      return { resourceId, mayIssue: false, remaining: 0, quota: null, reasons: [unknownResource] };
    }
    const { issue } = evaluator.check(row, account);
    const mayIssue = issue.outcome === 'eligible';
    const remaining = mayIssue ? (issue.quota?.remaining ?? null) : 0;
    return { resourceId, mayIssue, remaining, quota: issue.quota, reasons: issue.reasons.map(numbered) };
  });
}
