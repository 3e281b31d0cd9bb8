import type { FilingRow } from '../../ports/index.ts';
import { reasonsAgainst } from '../code/examine-code.ts';
import { query } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { requireResource } from './account-evaluator.ts';
import { requireAsking } from './asking-filing.ts';
import { type ResourceView, resourceViewOf } from './resource-view.ts';

interface GetResourceInput {
  readonly resourceId: string;
  /** The filing that asks whether it may be on the resource. */
  readonly filingId?: string | undefined;
}

/** One resource, to a filing as that may be on it. @throws Fault `object.not_found`, also for another account's. */
export const getResource = query(
  { id: 'getResource', faults: ['object.not_found'] },
  async (step, { resourceId, filingId }: GetResourceInput) => {
    const filing = filingId === undefined ? null : await requireAsking(step, filingId);
    const { evaluator, row } = await requireResource(step, resourceId, false, filing?.id);
    const visible = requireVisible(step, row, (one) => [one.accountId]);
    const view = resourceViewOf(evaluator, visible);
    return filing === null ? view : byItsCode(step, view, filing);
  },
);

/** A filing by a code is on the code's resource as long as the code may be used: the places of filings without one are not its. */
async function byItsCode(step: Step, view: ResourceView, { id, codeId }: FilingRow): Promise<ResourceView> {
  const code = codeId === null ? null : await step.tx.codes.find(codeId);
  if (code?.resourceId !== view.id) return view;
  const reasons = await reasonsAgainst(step, code, { boundTo: id, hold: false });
  const file = { outcome: reasons.length === 0 ? 'eligible' : 'ineligible', reasons, quota: null } as const;
  return { ...view, check: { ...view.check, file } };
}
