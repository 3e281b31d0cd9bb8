import type { Resource } from '@openbeian/model/eligibility';
import type { AccountRow } from './accounts.ts';
import type { PageRequest } from './paging.ts';

export interface ResourceRow {
  readonly id: string;
  readonly accountId: string;
  readonly provider: string;
  readonly product: string;
  /** As the inventory states it (contract §1). */
  readonly facts: Resource;
  /** Rises with every change of the facts; issuing and binding guard it. */
  readonly version: number;
}
/** A resource as an inventory states it. */
export type ResourceToPut = Omit<ResourceRow, 'version'>;
export interface ResourceFilter {
  readonly accountId?: string | undefined;
  /** Looked for in id, product, region and account, in any case of letters. */
  readonly search?: string | undefined;
  /** With `search`: products (`provider/product`) that match it by a name which the store does not know. */
  readonly products?: readonly string[] | undefined;
}
/** An open filing on a resource, or a record that is served on it. */
export interface ResourceUse {
  readonly resourceId: string;
  readonly kind: 'filing' | 'service';
  /** The filing's id, or the record's number. */
  readonly id: string;
  readonly domainName: string;
}
/** The order of `listIds`: by account and id, each by its characters' numbers, whatever language the database sorts by. */
export interface ResourcePlace {
  readonly accountId: string;
  readonly id: string;
}
export interface ResourceRows {
  find(id: string): Promise<ResourceRow | null>;
  /** As `find`; the facts cannot change until the transaction ends, so that binding and submitting decide by them. */
  findForShare(id: string): Promise<ResourceRow | null>;
  /** Those of the ids that there are. Ordered by id. */
  listByIds(ids: readonly string[]): Promise<ResourceRow[]>;
  /** `accountId` null lists all; `products` (`provider/product`) leaves out the others. Ordered by id. */
  list(filter: { readonly accountId: string | null; readonly products?: readonly string[] }): Promise<ResourceRow[]>;
  /** A page by account and id. */
  listPage(filter: ResourceFilter & PageRequest): Promise<ResourceRow[]>;
  /** What there is after one place and up to another, in that order; null: from the first, to the last. Without its other facts. */
  listIds(range: {
    readonly after: ResourcePlace | null;
    readonly until: ResourcePlace | null;
    readonly limit: number;
  }): Promise<
    (ResourcePlace & {
      readonly provider: string;
      readonly product: string;
      readonly region: string | null;
      readonly isReleased: boolean;
    })[]
  >;
  /** Open filings and live accesses of these resources. Ordered by resource. */
  listUses(resourceIds: readonly string[]): Promise<ResourceUse[]>;
  /** All resources of several accounts, ordered by account and id. */
  listOfAccounts(accountIds: readonly string[]): Promise<ResourceRow[]>;
  /** Inserts, or updates when the facts differ (then the version rises). Returns the row as it is now. */
  put(row: ResourceToPut, at: string): Promise<ResourceRow>;
  /** As `put`, for some hundred rows in one statement, each id once. Returns those that are new or differed, by id. */
  putAll(rows: readonly ResourceToPut[], at: string): Promise<ResourceRow[]>;
}

/** What issuing on a resource is decided by. */
export interface IssuingFacts {
  readonly resource: ResourceRow;
  readonly account: AccountRow;
  readonly granteeKnown: boolean;
}
