import type { OwnedResource } from '@openbeian/model/eligibility';
import type { FaultPlace } from '@openbeian/model/fault';
import type { InventoryBody, ResourceRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { onceForKey } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { codeEvaluatorOf } from './account-evaluator.ts';
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
      for (const account of accounts) {
        await tx.accounts.put({ id: account.id, realName: account.realName ?? 'none', displayName: '' }, at);
      }
      const changed: string[] = [];
      let index = 0;
      for (const resource of resources) {
        if (await putResource(step, resource, index)) changed.push(resource.id);
        index += 1;
      }
      const object = { kind: 'inventory', id: 'inventory' } as const;
      await recordAudit(step, 'InventoryLoaded', object, { ...counts, changed });
      return { ...counts, changed };
    });
  },
);

/** True when its facts are new or different. */
async function putResource(step: Step, resource: OwnedResource, index: number): Promise<boolean> {
  const { tx, at } = step;
  const { id, provider, product, account: accountId } = resource;
  if ((await tx.accounts.find(accountId)) === null) {
    throw wrongAccount(step, index, {
      expected: `a known account, ${accountId} is in neither the inventory nor the store`,
      expectedZh: `应为已知账号；清单和系统中都没有 ${accountId}`,
    });
  }
  const before = await tx.resources.find(id);
  if (before !== null && before.accountId !== accountId) {
    // Codes and filings belong to the account that bought the resource.
    throw wrongAccount(step, index, {
      expected: `${before.accountId}, which bought it: a resource keeps its buyer; give a transferred one a new id`,
      expectedZh: `应为购买它的账号 ${before.accountId}：资源不能更换购买者，转让的资源请用新编号`,
    });
  }
  if (before !== null) await stopForGood(step, before);
  const after = await tx.resources.put({ id, accountId, provider, product, facts: resource }, at);
  return before?.version !== after.version;
}

const wrongAccount = ({ fault }: Step, index: number, expected: Omit<FaultPlace, 'path'>) =>
  fault('input.invalid', { places: [{ path: `resources[${index}].account`, ...expected }] });

/**
 * Before a resource's facts change: where its policy revives nothing, codes that cannot be used by the facts until now
 * have stopped for good. Facts do not change in between, and time alone never makes a resource eligible again; so
 * whatever stopped a code is still visible now.
 */
async function stopForGood(step: Step, before: ResourceRow): Promise<void> {
  const evaluator = codeEvaluatorOf(step, [before]);
  if (evaluator.policyOf(before)?.version.codes?.revivesOnRenewal !== false) return;
  const codes = await step.tx.codes.listAlive(before.id);
  const stopped = codes.filter((code) => !evaluator.validityOf(before, code).valid).map(({ id }) => id);
  if (stopped.length > 0) await step.tx.codes.stop(stopped, step.at);
}
