import { query } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { requireResource } from './account-evaluator.ts';
import { resourceViewOf } from './resource-view.ts';

/** One resource. @throws Fault `object.not_found`, also for another account's. */
export const getResource = query(
  { id: 'getResource', faults: ['object.not_found'] },
  async (step, input: { readonly resourceId: string }) => {
    const { evaluator, row } = await requireResource(step, input.resourceId);
    return resourceViewOf(
      evaluator,
      requireVisible(step, row, (one) => [one.accountId]),
    );
  },
);
