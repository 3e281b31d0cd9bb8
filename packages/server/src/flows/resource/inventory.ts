import { dayOf, isDay } from '@openbeian/model/calendar';
import {
  type CheckReport,
  check,
  codeStanding,
  findPolicy,
  parseInventory,
  type Resource,
} from '@openbeian/model/eligibility';
import { Fault } from '@openbeian/model/fault';
import type { ResourceRow, StoreTransaction } from '../../ports/index.ts';
import { auditFact } from '../command/audit-fact.ts';
import type { CommandCall, QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { runCommand } from '../command/run-command.ts';
import { datesOf } from './account-desk.ts';

/**
 * Stores an inventory's accounts and resources (contract §1); what it does not name stays as it is. All or nothing.
 * @returns the counts, and the ids of the resources whose facts are new or different.
 * @throws Fault `input.invalid` naming every wrong place; also when a resource would change its buyer.
 */
export function putInventory(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly body: Record<string, unknown> },
): Promise<{ accounts: number; resources: number; changed: string[] }> {
  const inventory = parseInventory(input.body);
  const unowned = inventory.resources.flatMap((resource, index) =>
    resource.account === undefined
      ? [
          {
            path: `resources[${index}].account`,
            expected: 'the id of the account that bought it',
            expectedZh: '应写明购买该资源的账号',
          },
        ]
      : [],
  );
  if (unowned.length > 0) throw new Fault('input.invalid', { places: unowned });
  return runCommand(deps, call, 'putInventory', inventory, async (tx, at) => {
    for (const account of inventory.accounts) {
      await tx.accounts.put({ id: account.id, realName: account.realName ?? 'none', displayName: '' }, at);
    }
    const changed: string[] = [];
    for (const [index, resource] of inventory.resources.entries()) {
      const accountId = resource.account ?? '';
      if ((await tx.accounts.find(accountId)) === null) {
        throw new Fault('input.invalid', {
          places: [
            {
              path: `resources[${index}].account`,
              expected: `a known account, ${accountId} is in neither the inventory nor the store`,
              expectedZh: `应为已知账号；清单和系统中都没有 ${accountId}`,
            },
          ],
        });
      }
      const before = await tx.resources.find(resource.id);
      if (before !== null && before.accountId !== accountId) refuseOtherBuyer(index, before.accountId);
      if (before !== null) await stopForGood(deps, tx, before, at);
      const after = await tx.resources.put(
        { id: resource.id, accountId, provider: resource.provider, product: resource.product, facts: resource },
        at,
      );
      if (before?.version !== after.version) changed.push(resource.id);
    }
    const counts = { accounts: inventory.accounts.length, resources: inventory.resources.length };
    await tx.audit.append(
      auditFact(
        deps,
        call.actor,
        at,
        'InventoryLoaded',
        { kind: 'inventory', id: 'inventory' },
        { ...counts, changed },
      ),
    );
    return { ...counts, changed };
  });
}

/**
 * Before a resource's facts change: where its policy revives nothing, codes that do not stand by the facts until now have
 * stopped for good. Facts do not change in between, and time alone never makes a resource pass again; so whatever stopped
 * a code is still to be seen now.
 */
async function stopForGood(deps: FlowDeps, tx: StoreTransaction, before: ResourceRow, at: string): Promise<void> {
  const day = dayOf(at);
  const policy = findPolicy(deps.policies, before.provider, before.product, day);
  if (policy?.version.codes?.revivesOnRenewal !== false) return;
  const codes = await tx.codes.listAlive(before.id);
  const stopped = codes.filter((code) => !codeStanding(before.facts as Resource, policy, day, datesOf(code)).standing);
  if (stopped.length > 0)
    await tx.codes.stop(
      stopped.map(({ id }) => id),
      at,
    );
}

/** Codes and filings hang on the account that bought the resource. */
function refuseOtherBuyer(index: number, accountId: string): never {
  throw new Fault('input.invalid', {
    places: [
      {
        path: `resources[${index}].account`,
        expected: `${accountId}, which bought it: a resource keeps its buyer; give a transferred one a new id`,
        expectedZh: `应为购买它的账号 ${accountId}：资源不能更换购买者，转让的资源请用新编号`,
      },
    ],
  });
}

/**
 * Judges an inventory without storing it, exactly as `openbeian check`.
 * @throws Fault `input.invalid` naming every wrong place.
 */
export async function checkInventory(
  deps: FlowDeps,
  _call: QueryCall,
  input: { readonly body: Record<string, unknown>; readonly at?: string | undefined },
): Promise<CheckReport> {
  const at = input.at ?? dayOf(deps.clock.now());
  if (!isDay(at)) {
    throw new Fault('input.invalid', {
      places: [{ path: 'at', expected: 'a day that exists, YYYY-MM-DD', expectedZh: '应为确实存在的日期 YYYY-MM-DD' }],
    });
  }
  return check(parseInventory(input.body), deps.policies, at);
}
