import { type Inventory, parseInventory } from '@openbeian/model/eligibility';
import type { FaultPlace } from '@openbeian/model/fault';
import type { ResourceRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { onceForKey } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import type { FlowRequest, Step } from '../command/step.ts';
import { codeEvaluatorOf } from './account-evaluator.ts';

type InventoryResource = Inventory['resources'][number];

/**
 * Stores an inventory's accounts and resources (contract §1); what it does not name stays as it is. All or nothing.
 * Answers with the counts, and the ids of the resources whose facts are new or different.
 * @throws Fault `input.invalid` naming every wrong place; also when a resource would change its buyer.
 */
export const putInventory = commandInParts(
  { id: 'putInventory', faults: [] },
  async (request, input: { readonly body: Record<string, unknown> }) => {
    const inventory = parseInventory(input.body);
    refuseUnowned(request, inventory);
    return onceForKey(request, inventory, async (step) => {
      const { tx, at } = step;
      for (const account of inventory.accounts) {
        await tx.accounts.put({ id: account.id, realName: account.realName ?? 'none', displayName: '' }, at);
      }
      const changed: string[] = [];
      for (const [index, resource] of inventory.resources.entries()) {
        if (await putResource(step, resource, index)) changed.push(resource.id);
      }
      const counts = { accounts: inventory.accounts.length, resources: inventory.resources.length };
      const object = { kind: 'inventory', id: 'inventory' } as const;
      await recordAudit(step, 'InventoryLoaded', object, { ...counts, changed });
      return { ...counts, changed };
    });
  },
);

function refuseUnowned({ fault }: FlowRequest, { resources }: Inventory): void {
  const places = resources.flatMap(({ account }, index): FaultPlace[] => {
    if (account !== undefined) return [];
    const expected = { expected: 'the id of the account that bought it', expectedZh: '应写明购买该资源的账号' };
    return [{ path: `resources[${index}].account`, ...expected }];
  });
  if (places.length > 0) throw fault('input.invalid', { places });
}

/** True when its facts are new or different. */
async function putResource(step: Step, resource: InventoryResource, index: number): Promise<boolean> {
  const { tx, at } = step;
  const { id, provider, product, account: accountId = '' } = resource;
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
  const stopped = codes.filter((code) => !evaluator.standingOf(before, code).standing).map(({ id }) => id);
  if (stopped.length > 0) await step.tx.codes.stop(stopped, step.at);
}
