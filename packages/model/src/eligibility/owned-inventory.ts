import { Fault, type FaultPlace } from '@openbeian/model/fault';
import { type Inventory, type InventoryReading, parseInventory, type Resource } from './inventory.ts';

/** A resource with the account that bought it. */
export type OwnedResource = Resource & { readonly account: string };

/** An inventory that can be stored: each resource belongs to an account. */
export interface OwnedInventory extends Pick<Inventory, 'accounts'> {
  readonly resources: readonly OwnedResource[];
}

/**
 * Reads an inventory that is to be stored.
 * @throws Fault `input.invalid` as `parseInventory`, and for every resource without its account.
 */
export function parseOwnedInventory(document: unknown, reading?: InventoryReading): OwnedInventory {
  const { accounts, resources } = parseInventory(document, reading);
  const places = resources.flatMap(({ account }, index): FaultPlace[] => {
    if (account !== undefined) return [];
    const expected = { expected: 'the id of the account that bought it', expectedZh: '应写明购买该资源的账号' };
    return [{ path: `resources[${index}].account`, ...expected }];
  });
  if (places.length > 0) throw new Fault('input.invalid', { places });
  return { accounts, resources: resources.filter(isOwned) };
}

const isOwned = (resource: Resource): resource is OwnedResource => resource.account !== undefined;
