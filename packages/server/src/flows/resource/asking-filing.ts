import type { FilingRow } from '../../ports/index.ts';
import { requireVisible } from '../command/permission.ts';
import type { Step } from '../command/step.ts';

/** The filing for which resources are looked at. @throws Fault `object.not_found`, also for another account's */
export async function requireAsking(step: Step<'object.not_found'>, filingId: string): Promise<FilingRow> {
  return requireVisible(step, await step.tx.filings.find(filingId), ({ accountId }) => [accountId]);
}
