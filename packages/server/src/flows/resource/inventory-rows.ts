import type { OwnedResource } from '@openbeian/model/eligibility';
import type { FaultPlace } from '@openbeian/model/fault';
import type { ResourceRow } from '../../ports/index.ts';

/** What one statement reads or writes: few round trips, and an embedded database answers others after some 30 ms. */
const mostRows = 100;
const mostCharacters = 64 * 1024;

/** Rows of an inventory, some at a time. */
export function* inParts<Row>(rows: Iterable<Row>): Iterable<readonly Row[]> {
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

/** What the store has of some resources of an inventory. */
interface StoredRows {
  readonly knownAccounts: ReadonlySet<string>;
  readonly before: ReadonlyMap<string, ResourceRow>;
}

/**
 * Where resources name an account that nobody knows, or another than the one that bought them.
 * @param index of the first of them in the inventory
 */
export function wrongAccounts(
  resources: readonly OwnedResource[],
  { knownAccounts, before }: StoredRows,
  index: number,
): FaultPlace[] {
  return resources.flatMap(({ id, account }, at) => {
    const { accountId: buyer = account } = before.get(id) ?? {};
    if (knownAccounts.has(account) && buyer === account) return [];
    const expected = knownAccounts.has(account) ? boughtBy(buyer) : unknownAccount(account);
    return [{ path: `resources[${index + at}].account`, ...expected }];
  });
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

/** A resource of an inventory as the store would have it. */
export function rowOf(facts: OwnedResource): Omit<ResourceRow, 'version'> {
  const { id, account: accountId, provider, product } = facts;
  return { id, accountId, provider, product, facts };
}
