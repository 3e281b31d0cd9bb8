import type { FilingState } from '@openbeian/model/filing';

/** How often a name was blocked for a reason, at least. */
export interface BlockedCount {
  readonly name: string;
  readonly reason: string;
  readonly count: number;
}

/** A gate's report, with names that are names. */
export interface BlockedNamesReport {
  readonly gate: string;
  readonly run: string;
  readonly number: number;
  /** In Shanghai. */
  readonly day: string;
  readonly total: number;
  readonly malformed: number;
  readonly tooLowBy: number;
  readonly domains: readonly BlockedCount[];
  /** With the domain that each belongs to. */
  readonly hosts: readonly (BlockedCount & { readonly domain: string })[];
}

export interface BlockedNamesFilter {
  /** Days in Shanghai, both included. */
  readonly from: string;
  readonly to: string;
  readonly reason?: string | undefined;
}

/** What is on file, or under way, for a domain. */
export interface NameOnFile {
  readonly domain: string;
  readonly filingId: string | null;
  readonly filingState: FilingState | null;
  readonly number: string | null;
  readonly recordState: string | null;
}

/** Which names gates blocked most, by day. */
export interface BlockedNameRows {
  /**
   * Counts a report that is heard now, and forgets days before `keptFrom` and the least frequent names of a day that has too many.
   * @returns false where this report, or a later one of its run, is counted already
   */
  add(report: BlockedNamesReport, now: { readonly at: string; readonly keptFrom: string }): Promise<boolean>;
  sums(
    filter: Omit<BlockedNamesFilter, 'reason'>,
  ): Promise<{ readonly total: number; readonly malformed: number; readonly tooLowBy: number }>;
  /** Domains by reason: those of the `limit` most frequent domains. */
  domains(
    filter: BlockedNamesFilter,
    limit: number,
  ): Promise<{ readonly domain: string; readonly reason: string; readonly count: number }[]>;
  /** The `each` most frequent hosts of each of these domains. */
  hosts(
    domains: readonly string[],
    filter: BlockedNamesFilter,
    each: number,
  ): Promise<{ readonly domain: string; readonly host: string; readonly count: number }[]>;
  /** Of these domains: the open filing that holds the name, and its record, the one in force first. */
  onFile(domains: readonly string[]): Promise<NameOnFile[]>;
}
