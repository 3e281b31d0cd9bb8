import type { OwnedResource } from '@openbeian/model/eligibility';
import type { InventoryBody, ResourceRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { onceForKey } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { codeEvaluatorOf } from './account-evaluator.ts';
import { inParts, rowOf, wrongAccounts } from './inventory-rows.ts';
import { turnOf } from './inventory-turn.ts';

/**
 * Stores an inventory's accounts and resources (contract §1); what it does not name stays as it is. All or nothing.
 * Answers with the counts, and the ids of the resources whose facts are new or different.
 * @throws Fault `input.invalid` naming the wrong places, also when a resource would change its buyer; `server.busy`.
 */
export const putInventory = commandInParts(
  { id: 'putInventory', faults: ['server.busy'] },
  async (request, input: { readonly body: InventoryBody }) => {
    const { accounts, resources, counts, digest } = await request.deps.inventories.read(
      input.body,
      turnOf(request.actor),
    );
    return onceForKey(request, digest, async (step) => {
      const { tx, at } = step;
      for (const some of inParts(accounts)) {
        await tx.accounts.putAll(
          some.map(({ id, realName = 'none' }) => ({ id, realName, displayName: '' })),
          at,
        );
      }
      const changed: string[] = [];
      let index = 0;
      for (const some of inParts(resources)) {
        changed.push(...(await putResources(step, some, index)));
        index += some.length;
      }
      const object = { kind: 'inventory', id: 'inventory' } as const;
      await recordAudit(step, 'InventoryLoaded', object, { ...counts, changed });
      return { ...counts, changed };
    });
  },
);

/**
 * The ids of those whose facts are new or different, in the order given.
 * @param index of the first of them in the inventory
 */
export async function putResources(step: Step, resources: readonly OwnedResource[], index: number): Promise<string[]> {
  const { tx, at } = step;
  const knownAccounts = new Set(
    (await tx.accounts.listByIds(resources.map(({ account }) => account))).map(({ id }) => id),
  );
  const existing = await tx.resources.listByIds(resources.map(({ id }) => id));
  const before = new Map(existing.map((row) => [row.id, row]));
  const places = wrongAccounts(resources, { knownAccounts, before }, index);
  if (places.length > 0) throw step.fault('input.invalid', { places });
  await stopForGood(step, existing);
  const written = await tx.resources.putAll(resources.map(rowOf), at);
  const changed = new Set(written.map(({ id }) => id));
  return resources.flatMap(({ id }) => (changed.has(id) ? [id] : []));
}

/**
 * Before the facts of resources change: where their policy revives nothing, codes that cannot be used by the facts until
 * now have stopped for good. Facts do not change in between, and time alone never makes a resource eligible again; so
 * whatever stopped a code is still visible now.
 */
async function stopForGood(step: Step, existing: readonly ResourceRow[]): Promise<void> {
  const evaluator = codeEvaluatorOf(step, existing);
  const unrevived = existing.filter((row) => evaluator.policyOf(row)?.version.codes?.revivesOnRenewal === false);
  if (unrevived.length === 0) return;
  const before = new Map(unrevived.map((row) => [row.id, row]));
  const codes = await step.tx.codes.listAlive([...before.keys()]);
  const stopped = codes.filter((code) => {
    const row = before.get(code.resourceId);
    return row !== undefined && !evaluator.validityOf(row, code).valid;
  });
  if (stopped.length > 0) {
    await step.tx.codes.stop(
      stopped.map(({ id }) => id),
      step.at,
    );
  }
}
