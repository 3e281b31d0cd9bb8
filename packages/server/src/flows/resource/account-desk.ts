import { dayOf } from '@openbeian/model/calendar';
import {
  type CodeDates,
  type CodeStanding,
  codeStanding,
  type Decision,
  decide,
  findPolicy,
  goodUntil,
  type Inventory,
  type InventoryContext,
  inventoryContext,
  lastDayOfCode,
  type Policy,
  type Resource,
} from '@openbeian/model/eligibility';
import { Fault } from '@openbeian/model/fault';
import { type Ledger, ledgerOf, type QuotaUse } from '@openbeian/model/quota';
import type { AccountRow, CodeRow, ResourceRow, StoreTransaction } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';

/** What of a code itself decides whether it stands. */
export type OwnDates = Pick<CodeRow, 'issuedAt' | 'stoppedAt'>;
export const datesOf = ({ issuedAt, stoppedAt }: OwnDates): CodeDates => ({
  issuedOn: dayOf(issuedAt),
  stoppedForGood: stoppedAt !== null,
});

/** An account's resources, read once, ready to be judged. */
export interface AccountDesk {
  readonly at: string;
  readonly account: AccountRow | null;
  readonly rows: readonly ResourceRow[];
  /** All that `check` says about a resource, as seen by `viewer`. */
  check(row: ResourceRow, viewer: string | null): Decision;
  /** As `check`, but with one spend of this ledger left out: a filing that holds a slot already is judged without itself. */
  checkWithout(row: ResourceRow, ledgerKey: string): Decision;
  policyOf(row: ResourceRow): Policy | null;
  /** Where a use of the resource is counted, and how much room the ledger has beyond the inventory's own `used`. */
  ledgerOf(row: ResourceRow, use: QuotaUse): { readonly ledger: Ledger; readonly capacity: number | null };
  /** Does a code of the resource stand today? */
  standingOf(row: ResourceRow, code: OwnDates): CodeStanding;
  /** The last day on which, with nothing renewed, the resource's clocks pass. */
  goodUntilOf(row: ResourceRow): string | null;
  /** The last day of a code's own life; null where it lives as long as its resource. */
  lastDayOfCode(row: ResourceRow, issuedAt: string): string | null;
}

/**
 * Reads an account's resources and ledgers. Quotas by account add up over all of them, so all are read unless `wanted`
 * names the resources that are asked about and none of their rules looks at others.
 */
export async function openDesk(
  deps: FlowDeps,
  tx: StoreTransaction,
  accountId: string,
  at: string,
  wanted?: readonly string[],
): Promise<AccountDesk> {
  const account = await tx.accounts.find(accountId);
  const some = wanted === undefined ? null : await tx.resources.listByIds(wanted);
  const alone = some?.every((row) => row.accountId === accountId && standsAlone(deps, row, at)) === true;
  const rows = alone && some !== null ? some : await tx.resources.list({ accountId });
  const quotas = await tx.quota.listByKeys([...ledgerKeysOf(deps, rows, at)]);
  return deskOf(deps, account, rows, new Map(quotas.map((quota) => [quota.ledgerKey, quota.spent])), at);
}

/** True when no other resource of the account has a say in what is decided about this one. */
export function standsAlone(deps: FlowDeps, row: ResourceRow, at: string): boolean {
  const version = findPolicy(deps.policies, row.provider, row.product, dayOf(at))?.version;
  if (version === undefined) return true;
  return (
    version.file.mode !== 'through_bound' &&
    version.quotas.every(({ scope }) => scope === 'instance' || scope === 'order' || scope === 'subject')
  );
}

function ledgerKeysOf(deps: FlowDeps, rows: readonly ResourceRow[], at: string): Set<string> {
  const day = dayOf(at);
  return new Set(
    rows.flatMap((row) => {
      const quotas = findPolicy(deps.policies, row.provider, row.product, day)?.version.quotas ?? [];
      const id = `${row.provider}/${row.product}`;
      const resource = row.facts as Resource;
      return [ledgerOf('file', resource, id, quotas).ledgerKey, ledgerOf('issue', resource, id, quotas).ledgerKey];
    }),
  );
}

/** The desk over what was read: the account, its resources, and per `ledgerKey` what the store's ledgers have spent. */
export function deskOf(
  deps: FlowDeps,
  account: AccountRow | null,
  rows: readonly ResourceRow[],
  spent: ReadonlyMap<string, number>,
  at: string,
): AccountDesk {
  const day = dayOf(at);
  const resources = new Map(rows.map((row) => [row.id, row.facts as Resource]));
  const policies = new Map(rows.map((row) => [row.id, findPolicy(deps.policies, row.provider, row.product, day)]));
  const inventory: Inventory = {
    accounts: account === null ? [] : [{ id: account.id, realName: account.realName as 'enterprise' }],
    resources: [...resources.values()],
  };
  const resourceOf = (row: ResourceRow): Resource => resources.get(row.id) ?? (row.facts as Resource);
  const ledger = (row: ResourceRow, use: QuotaUse): Ledger => {
    const policy = policies.get(row.id) ?? null;
    return ledgerOf(use, resourceOf(row), `${row.provider}/${row.product}`, policy?.version.quotas ?? []);
  };
  const bare = inventoryContext(inventory, deps.policies);
  const contextFor = (viewer: string | null, without?: string): InventoryContext => {
    const counted = without === undefined ? spent : new Map(spent).set(without, (spent.get(without) ?? 1) - 1);
    return inventoryContext(viewer === null ? inventory : { ...inventory, viewer }, deps.policies, counted);
  };
  const contexts = new Map<string | null, InventoryContext>();
  const decideIn = (row: ResourceRow, context: InventoryContext) => decide(resourceOf(row), context, day);
  return {
    at,
    account,
    rows,
    check: (row, viewer) => {
      const context = contexts.get(viewer) ?? contextFor(viewer);
      contexts.set(viewer, context);
      return decideIn(row, context);
    },
    checkWithout: (row, ledgerKey) => decideIn(row, contextFor(null, ledgerKey)),
    policyOf: (row) => policies.get(row.id) ?? null,
    ledgerOf: (row, use) => {
      const found = ledger(row, use);
      const capacity = found.limit === null ? null : Math.max(0, found.limit - bare.usedOf(found, resourceOf(row)));
      return { ledger: found, capacity };
    },
    standingOf: (row, code) => codeStanding(resourceOf(row), policies.get(row.id) ?? null, day, datesOf(code)),
    goodUntilOf: (row) => {
      const policy = policies.get(row.id) ?? null;
      return policy === null ? null : goodUntil(resourceOf(row), policy);
    },
    lastDayOfCode: (row, issuedAt) => lastDayOfCode(policies.get(row.id) ?? null, dayOf(issuedAt)),
  };
}

/**
 * The desk of a resource's account and the row on it. `hold` keeps the facts from changing until the transaction ends,
 * so that what is bound or submitted is what was judged.
 * @throws Fault `object.not_found`.
 */
export async function deskOfResource(
  deps: FlowDeps,
  tx: StoreTransaction,
  resourceId: string,
  at: string,
  hold = false,
): Promise<{ readonly desk: AccountDesk; readonly row: ResourceRow }> {
  const found = await (hold ? tx.resources.findForShare(resourceId) : tx.resources.find(resourceId));
  if (found === null) throw new Fault('object.not_found');
  const desk = await openDesk(deps, tx, found.accountId, at, [resourceId]);
  const row = desk.rows.find((one) => one.id === resourceId) ?? found;
  return { desk, row };
}
