import { type RealName, type Resource, realNames } from '@openbeian/model/eligibility';
import { type QuotaScope, sharedBy, type Used } from '@openbeian/model/quota';
import type { FleetProduct } from './fleet-products.ts';
import { bytesOfHolder, type HolderBytes, type HolderMemory, HolderTable } from './holder-table.ts';
import { LineResource } from './line-resource.ts';

/** Of a product, by its number, the list of accounts; the one behind it is of environments. The first list is of real names. */
const listsOfProduct = 2;
const namesList = 0;
const namesLimit = 10_000;

/**
 * What ledgers that several resources share have drawn, for a fleet that is too large to hold: resources pass by once to be added,
 * and again to be decided. Grows with accounts and environments, not with resources. Where all fit into memory, the model's
 * `usageOf` says the same.
 */
export class FleetLedgers {
  readonly #table: HolderTable;
  readonly #productOf: (resource: Resource) => FleetProduct;
  /** What was asked lately; null: no real name is known. */
  readonly #names = new Map<string, RealName | null>();
  /** One for all bytes of lines that are looked for. */
  readonly #inLine = { bytes: new Uint8Array(0) as Uint8Array, from: 0, to: 0 };
  /** One for all answers: whoever asks takes the numbers out. */
  readonly #answer = { codes: 0, sites: 0 };

  constructor(productOf: (resource: Resource) => FleetProduct, memory?: HolderMemory) {
    this.#productOf = productOf;
    this.#table = new HolderTable(memory);
  }

  /** For other threads. */
  get memory(): HolderMemory {
    return this.#table.memory;
  }

  /** Adds a resource to the ledgers of its product. What belongs to the resource alone is not kept. */
  add(resource: Resource, { scopes, number }: FleetProduct): void {
    if (scopes === null) return;
    // By package in one version of the rules and by account in the next is one sum, added to once.
    let toAccount = false;
    for (const scope of scopes) {
      const by = sharedBy(scope);
      if (by === null || (by === 'account' && toAccount)) continue;
      toAccount ||= by === 'account';
      const holder = this.#holderOf(by, resource);
      if (holder !== null) this.#table.add(listOf(number, by), holder, resource.used);
    }
  }

  /** Adds what another thread added up. */
  addAll(memory: HolderMemory): void {
    this.#table.addAll(memory);
  }

  /** What the ledger of that scope has drawn, over all that were added. The answer is changed by the next question. */
  usageOf(scope: QuotaScope, resource: Resource): Used {
    const by = sharedBy(scope);
    const holder = by === null ? null : this.#holderOf(by, resource);
    if (by === null || holder === null) return resource.used;
    const { number } = this.#productOf(resource);
    const entry = number < 0 ? -1 : this.#table.find(listOf(number, by), holder);
    if (entry < 0) return resource.used;
    this.#answer.codes = this.#table.codesOf(entry);
    this.#answer.sites = this.#table.sitesOf(entry);
    return this.#answer;
  }

  /** Notes an account; false where it was noted before. */
  addAccount(id: string, realName: RealName | undefined): boolean {
    const holder = bytesOfHolder(id);
    if (this.#table.find(namesList, holder) >= 0) return false;
    const code = realName === undefined ? 0 : realNames.indexOf(realName) + 1;
    this.#table.add(namesList, holder, { codes: code, sites: 0 });
    return true;
  }

  realNameOf(accountId: string): RealName | undefined {
    const known = this.#names.get(accountId);
    if (known !== undefined) return known ?? undefined;
    const entry = this.#table.find(namesList, bytesOfHolder(accountId));
    const realName = entry < 0 ? undefined : realNames[this.#table.codesOf(entry) - 1];
    if (this.#names.size > namesLimit) this.#names.clear();
    this.#names.set(accountId, realName ?? null);
    return realName;
  }

  #holderOf(by: 'account' | 'environment', resource: Resource): HolderBytes | null {
    if (resource instanceof LineResource) {
      const from = by === 'account' ? resource.accountFrom : (resource.environment?.idFrom ?? 0);
      if (from === 0 || (by === 'account' && resource.account === undefined)) return null;
      this.#inLine.bytes = resource.bytes;
      this.#inLine.from = from;
      this.#inLine.to = by === 'account' ? resource.accountTo : (resource.environment?.idTo ?? 0);
      return this.#inLine;
    }
    const holder = by === 'account' ? resource.account : resource.environment?.id;
    return holder === undefined ? null : bytesOfHolder(holder);
  }
}

function listOf(product: number, by: 'account' | 'environment'): number {
  return 1 + product * listsOfProduct + (by === 'account' ? 0 : 1);
}
