import type { RealName } from '@openbeian/model/eligibility';
import type { Stored } from './stored.ts';

/** A cloud whose inventory is read again and again, as configured. */
export interface InventorySync {
  /** By which operators know it. */
  readonly name: string;
  readonly cloud: string;
  readonly regions: readonly string[];
  /** That bought what the cloud lists. */
  readonly account: string;
  /** Null: what is known of the account stays. */
  readonly realName: RealName | null;
  /** Null: the cloud's public address. */
  readonly endpoint: string | null;
  /** Variables of the environment with its credentials begin with this; null: they are called as the SDK calls them. */
  readonly variablesPrefix: string | null;
  readonly everyHours: number;
  readonly timeoutMinutes: number;
  /** A region that cannot be read is left as it is, and the others go on; otherwise nothing is taken over. */
  readonly partial: boolean;
  /** What the cloud no longer lists is marked as released; otherwise it is only told. */
  readonly releaseGone: boolean;
  /** More than this would be released, or a larger part of what is known: an operator is asked. */
  readonly mostGone: number;
  readonly mostGonePercent: number;
}

export interface SyncText {
  readonly zh: string;
  readonly en: string;
}

/** What a cloud listed. */
export interface CloudReading {
  /** An inventory's resources, without what only others know. */
  readonly resources: readonly Readonly<Record<string, unknown>>[];
  /** Of which products all resources were read, in which region; null: of the whole account. */
  readonly covered: readonly { readonly product: string; readonly region: string | null }[];
  readonly unread: readonly SyncText[];
}

/** Asks clouds. Whatever goes wrong is a text for operators, without credentials in it. */
export interface CloudReader {
  /** Ends within the time that the sync has. `stopped`: this process ends. */
  read(sync: InventorySync): Promise<CloudReading | { readonly trouble: SyncText } | 'stopped'>;
  /** Ends what is under way. */
  stop(): Promise<void>;
}

/** How a run ended. `held`: it waits for an operator, and nothing was changed. */
export const syncOutcomes = ['done', 'held', 'failed'] as const;
export type SyncOutcome = (typeof syncOutcomes)[number];

export interface SyncCounts {
  readonly read: number;
  readonly new: number;
  readonly changed: number;
  /** In the store and no longer listed. */
  readonly gone: number;
  /** Whose codes, filings or records would no longer be allowed on them. */
  readonly breaking: number;
}

/** What a run has to tell. */
export interface SyncResult {
  /** Null where nothing could be read. */
  readonly counts: SyncCounts | null;
  readonly unread: readonly SyncText[];
  /** Why it failed, or why it waits, with what to do. */
  readonly trouble: SyncText | null;
}

interface Compared {
  readonly new: number;
  readonly changed: number;
  readonly same: number;
}

/** A comparison of an inventory with the store, as operators see it. */
export interface ShownDifference {
  readonly counts: {
    readonly accounts: Compared;
    readonly resources: Compared & { readonly gone: number; readonly breaking: number };
  };
  readonly accounts: readonly { readonly id: string; readonly before: string | null; readonly after: string }[];
  readonly new: readonly string[];
  readonly changed: readonly {
    readonly id: string;
    readonly fields: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
  }[];
  readonly gone: readonly {
    readonly id: string;
    readonly accountId: string;
    readonly facts: Readonly<Record<string, unknown>>;
  }[];
  readonly breaking: readonly {
    readonly id: string;
    readonly accountId: string;
    readonly isGone: boolean;
    readonly codes: readonly { readonly id: string; readonly tail: string }[];
    readonly filings: readonly { readonly id: string; readonly domainName: string }[];
    readonly services: readonly { readonly number: string; readonly domainName: string }[];
    readonly reasons: readonly {
      readonly code: string;
      readonly message: SyncText;
      readonly remedy: (SyncText & { readonly action: string; readonly before: string | null }) | null;
      readonly source: string | null;
    }[];
  }[];
  readonly leftOut: number;
}

/** What a run that waits would change, in the shape of a comparison of inventories, with all that it was held for. */
export interface HeldChange {
  /** Of what it was held for: the same for the same. */
  readonly digest: string;
  readonly difference: ShownDifference;
  /** Resources that would be released. */
  readonly gone: readonly string[];
  /** Codes, filings and records that would break, each by its kind and id. */
  readonly breaking: readonly string[];
}

export interface InventorySyncRow {
  readonly name: string;
  readonly dueAt: string;
  /** While it runs. */
  readonly leaseUntil: string | null;
  readonly beganAt: string | null;
  readonly endedAt: string | null;
  readonly outcome: SyncOutcome | null;
  readonly succeededAt: string | null;
  /** In a row. */
  readonly failures: number;
  readonly result: SyncResult | null;
  readonly heldDigest: string | null;
  readonly confirmedBy: string | null;
}

/** What is written down of a run that ended. */
export interface EndedSync {
  readonly at: string;
  readonly dueAt: string;
  readonly outcome: SyncOutcome;
  readonly result: SyncResult;
  /** Null: none waits any more, unless it failed: then what waited goes on waiting. */
  readonly held: HeldChange | null;
}

/** One row for each configured sync, by its name. */
export interface InventorySyncRows {
  /** Those of these names that there are, by name. */
  list(names: readonly string[]): Promise<readonly Stored<InventorySyncRow>[]>;
  /** What waits for an operator; null: nothing does. */
  findHeld(name: string): Promise<Stored<HeldChange> | null>;
  /** One of these that is due and that nobody works on, taken under a lease; one that never ran is due. Null: none is. */
  lease(names: readonly string[], owner: string, at: string, until: string): Promise<string | null>;
  /** False: somebody else has it. */
  renew(name: string, owner: string, until: string): Promise<boolean>;
  /** Locks the row until the transaction ends. False: somebody else has it by now. */
  hold(name: string, owner: string): Promise<boolean>;
  /** Ends the lease. False: somebody else has it. */
  end(name: string, owner: string, ended: EndedSync): Promise<boolean>;
  /** Ends the lease of a run that came to nothing: it is due as before. */
  release(name: string, owner: string): Promise<void>;
  /** Makes it due. */
  ask(name: string, at: string): Promise<void>;
  /** False: something else waits by now. Makes it due. */
  confirm(name: string, digest: string, by: string, at: string): Promise<boolean>;
}
