import type { Client } from '@openbeian/contract/client';

/** Who acts in the story; the sample deployment has a login for each. */
export type Part = 'company' | 'individual' | 'reviewer' | 'operator';

/**
 * A running deployment as the demo uses it: real HTTP to the server, the gate and the simulated authority. The same
 * story runs on one process with an injected clock and on several processes on one PostgreSQL.
 */
export interface World {
  /** The API as one of the parts, signed in. */
  as(part: Part): Promise<Client>;
  accountOf(part: 'company' | 'individual'): string;
  /** Day in Asia/Shanghai by the deployment's clock. */
  today(): Promise<string>;
  /** Lets background work come to rest: hand-overs, the authority's messages, the gate's news. */
  settle(): Promise<void>;
  /** Moves the deployment's clock and the authority's. */
  advance(byMs: number): Promise<void>;
  /** The gate's answer for a host: the outcome by status, and the reason header. */
  askGate(host: string): Promise<{ readonly served: boolean; readonly reason: string }>;
  /** The public query by name, unit or number: the service numbers it finds. */
  queryPublic(search: string): Promise<readonly { readonly domain: string; readonly serviceLicence: string }[]>;
  authority: {
    /** Confirms the newest verification text on this phone, as its owner would on the authority's page. */
    confirmSms(mobile: string, certificateNumber: string): Promise<void>;
    /** A site name that another subject has on record already. */
    readonly takenSiteName: string;
  };
}
