import { dayOf, daysBetween } from '@openbeian/model/calendar';
import { query } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { openEvaluator } from './account-evaluator.ts';
import { isShown } from './is-shown.ts';
import { productNameOf, type ResourceView } from './resource-view.ts';

const endingShown = 20;

/** What the account's resources come to today, and which of them stop being eligible within `days` unless renewed. */
export const countResources = query(
  { id: 'countResources', faults: [], mayLag: true },
  async (step, { days }: { readonly days: number }) => {
    const accountId = ownAccount(step.actor);
    const evaluator = await openEvaluator(step, accountId);
    const today = dayOf(step.at);
    const counts = { file: 0, issue: 0, blocked: 0 };
    const ending: { id: string; productName: ResourceView['productName']; goodUntil: string }[] = [];
    for (const row of evaluator.rows) {
      const outcomes = evaluator.outcomes(row, accountId);
      for (const kind of ['file', 'issue', 'blocked'] as const) if (isShown[kind](outcomes)) counts[kind] += 1;
      const goodUntil = isShown.file(outcomes) || isShown.issue(outcomes) ? evaluator.goodUntilOf(row) : null;
      if (goodUntil === null || goodUntil < today || daysBetween(today, goodUntil) > days) continue;
      ending.push({ id: row.id, productName: productNameOf(evaluator, row), goodUntil });
    }
    ending.sort((a, b) => a.goodUntil.localeCompare(b.goodUntil) || a.id.localeCompare(b.id));
    const soon = { total: ending.length, resources: ending.slice(0, endingShown) };
    return { at: today, total: evaluator.rows.length, ...counts, ending: soon };
  },
);
