import type { Account, OwnedResource } from '@openbeian/model/eligibility';

/** An inventory as it came over HTTP, the bytes of a JSON document, or as a program of ours made it. */
export type InventoryBody = Uint8Array | Readonly<Record<string, unknown>>;

/** An inventory that was read and is right. Its rows are made one by one, so that a large one never holds up others. */
export interface InventoryRead {
  readonly accounts: Iterable<Account>;
  readonly resources: Iterable<OwnedResource>;
  readonly counts: { readonly accounts: number; readonly resources: number };
  /** The same for the same content, in whatever way it was written. */
  readonly digest: string;
}

/** How an inventory is evaluated. */
export interface InventoryCheck {
  readonly body: InventoryBody;
  readonly at: string;
  /** More are refused. */
  readonly mostResources: number;
}

/** Reads and evaluates inventories in threads of their own, beside the one that answers requests. */
export interface Inventories {
  /**
   * Reads an inventory whose every resource says who bought it.
   * @param caller whose turn it is; one caller has so many turns at once
   * @throws Fault `input.invalid` with the wrong places, `server.busy`
   */
  read(body: InventoryBody, caller: string): Promise<InventoryRead>;
  /**
   * The JSON text of the answer to a check, in which each reason is told once. It is never longer than four times the
   * inventory and 64 KiB.
   * @throws Fault `input.invalid` with the wrong places, `server.busy`
   */
  check(check: InventoryCheck, caller: string): Promise<string>;
  /** Ends the threads. */
  close(): Promise<void>;
}
