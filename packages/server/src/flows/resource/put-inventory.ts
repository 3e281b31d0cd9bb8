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

/** What one statement writes: few round trips, and an embedded database answers others after some 30 ms. */
const mostRows = 100;
const mostCharacters = 64 * 1024;

function* inParts<Row>(rows: Iterable<Row>): Iterable<readonly Row[]> {
  let part: Row[] = [];
  let characters = 0;
  for (const row of rows) {
    part.push(row);
    characters += JSON.stringify(row).length;
    if (part.length < mostRows && characters < mostCharacters) continue;
    yield part;
    part = [];
    characters = 0;
  }
  if (part.length > 0) yield part;
}

/**
 * The ids of those whose facts are new or different, in the order given.
 * @param index of the first of them in the inventory
 */
async function putResources(step: Step, resources: readonly OwnedResource[], index: number): Promise<string[]> {
  const { tx, at } = step;
  const known = new Set((await tx.accounts.listByIds(resources.map(({ account }) => account))).map(({ id }) => id));
  const existing = await tx.resources.listByIds(resources.map(({ id }) => id));
  const before = new Map(existing.map((row) => [row.id, row]));
  for (const [at, { id, account }] of resources.entries()) {
    const { accountId: buyer = account } = before.get(id) ?? {};
    if (known.has(account) && buyer === account) continue;
    throw wrongAccount(step, index + at, known.has(account) ? boughtBy(buyer) : unknownAccount(account));
  }
  await stopForGood(step, existing);
  const written = await tx.resources.putAll(
    resources.map((facts) => {
      const { id, account: accountId, provider, product } = facts;
      return { id, accountId, provider, product, facts };
    }),
    at,
  );
  const changed = new Set(written.map(({ id }) => id));
  return resources.flatMap(({ id }) => (changed.has(id) ? [id] : []));
}

const unknownAccount = (account: string) => ({
  expected: `a known account, ${account} is in neither the inventory nor the store`,
  expectedZh: `应为已知账号；清单和系统中都没有 ${account}`,
});

/** Codes and filings belong to the account that bought the resource. */
const boughtBy = (buyer: string) => ({
  expected: `${buyer}, which bought it: a resource keeps its buyer; give a transferred one a new id`,
  expectedZh: `应为购买它的账号 ${buyer}：资源不能更换购买者，转让的资源请用新编号`,
});

const wrongAccount = ({ fault }: Step, index: number, expected: Omit<FaultPlace, 'path'>) =>
  fault('input.invalid', { places: [{ path: `resources[${index}].account`, ...expected }] });

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
