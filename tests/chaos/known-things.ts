import type * as reference from './reference-ledger.ts';

/** A server of the reference, with the id that the product gave. */
export interface KnownServer extends reference.Server {
  readonly id: string;
}
interface Opened {
  readonly id: string;
  readonly account: string;
  readonly values: Readonly<Record<string, unknown>>;
}
interface KnownCode extends reference.Code {
  server: KnownServer;
  readonly id: string;
  readonly clear: string;
  filing: Opened | null;
}
/** The reference, with the ids that the product gave. */
export interface Model {
  readonly servers: readonly KnownServer[];
  readonly codes: KnownCode[];
  readonly direct: { readonly server: KnownServer; readonly filing: Opened }[];
  /** What was filed and is on record. */
  readonly records: { readonly server: KnownServer; readonly withCode: boolean; readonly number: string }[];
  readonly realNames: Map<string, string>;
  readonly answered: {
    readonly server: KnownServer;
    readonly key: string;
    readonly body: IssueBody;
    readonly answer: string[];
    /** Day on which the key was claimed. */
    readonly on: number;
  }[];
}
/** Days for which the product keeps a key (`keep.idempotencyDays`); a repetition after that is a new request. */
export const keyDays = 30;
interface IssueBody {
  readonly count: number;
  readonly granteeAccountId: string | null;
}
