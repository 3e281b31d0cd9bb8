import type { Operations } from '@openbeian/contract';
import type { Answer } from '@openbeian/contract/client';
import type { FaultCode } from '@openbeian/model/fault';
import type { Logger } from 'pino';
import type { ConsoleLook } from './console-look.ts';
import type { Flows } from './flow-table.ts';
import type { SecuritySettings } from './security.ts';

export type Session = Answer<Operations['getSession']>;
export type Deployment = Answer<Operations['getDeployment']>;

/** A valid session. */
interface FoundSession {
  readonly session: Session;
  /** Names it in the audit; it opens nothing. */
  readonly sessionId: string;
}

/** Cookies of sessions, and who is signed in; the authentication library is behind it. */
export interface Sessions {
  /** Values of Set-Cookie headers for a session that has begun. */
  cookiesOf(token: string, maxAgeSeconds: number): Promise<readonly string[]>;
  /** The owner of the session in the cookie of these headers, if it is valid. */
  find(headers: Headers): Promise<FoundSession | null>;
  /** Who signed in before in the browser with these notes; null for nobody. */
  knownBy(notes: string | null): string | null;
  /** Ends the session of these headers. */
  signOut(headers: Headers): Promise<{ readonly setCookies: readonly string[] }>;
}

/** How many attempts a key has within a window. */
export interface LimitRule {
  readonly limit: number;
  readonly windowSeconds: number;
}

/** Counts attempts, over all processes of a deployment. */
export interface Limiter {
  /** Counts one attempt. 0: go on; otherwise the seconds to wait. */
  attempt(key: string, rule: LimitRule): Promise<number>;
  /** Takes one attempt back: it was no guess. */
  forgive(key: string): Promise<void>;
}

/** Hands out parts of callers' allowances, which all processes of a deployment share. */
export interface AllowanceLeases {
  /** Takes a part of an allowance, in one statement. */
  lease(request: {
    readonly key: string;
    readonly limit: number;
    readonly windowMs: number;
    /** What was spent before anybody was asked. */
    readonly onCredit: number;
    /** Nothing is given where less is left. */
    readonly needed: number;
    /** What is given beyond that, where enough is left. */
    readonly chunk: number;
  }): Promise<{
    /** 0: too little is left. */
    readonly granted: number;
    /** By all processes, leases included. */
    readonly spent: number;
    readonly endsInMs: number;
  }>;
}

/** Figures of the deployment's rows for the metrics. */
export interface Counts {
  readonly jobs: readonly { readonly topic: string; readonly waiting: number; readonly failing: number }[];
  readonly filings: readonly { readonly state: string; readonly count: number }[];
  readonly failures: { readonly total: number; readonly parked: number };
}

/** Positions in the log of the primary, by which a caller's own changes are not missing from what a replica answers. */
interface LogPositions {
  /** Behind everything that was committed until now, e.g. `16/B374D848`. */
  read(): Promise<string>;
  /** After so long every replica that is read has it anyway. */
  readonly keepSeconds: number;
}

export interface HttpNeeds {
  readonly flows: Flows;
  /** Null without a replica. */
  readonly positions: LogPositions | null;
  readonly sessions: Sessions;
  readonly limiter: Limiter;
  readonly leases: AllowanceLeases;
  /** Why requests cannot be served now, e.g. `store.unavailable`; null when they can. */
  readonly findObstacle: () => Promise<FaultCode | null>;
  readonly counts: () => Promise<Counts>;
  /** While it stays the same no transaction wrote anything; null where other processes write, too. */
  readonly transactionsEnded: () => number | null;
  /** Days and instants in answers that HTTP gives itself. */
  readonly now: () => string;
  readonly deployment: Omit<Deployment, 'now'>;
  /** Each gate's token; an empty list shuts the snapshot. */
  readonly gateTokens: readonly string[];
  /** Of the provider’s portal; an empty list shuts tickets. */
  readonly portalTokens: readonly string[];
  /** Signs changes (their text) and JSON snapshots (their sum), for whoever pinned our key; null signs nothing. */
  readonly signGateAnswer: ((kind: 'changes' | 'snapshot json', text: string) => string) | null;
  /** The provider’s own look of the console; null: it has none. */
  readonly look: ConsoleLook | null;
  /** The built console; null serves none. */
  readonly consoleFolder: string | null;
  readonly logger: Logger;
  readonly settings: HttpSettings;
}

/** How long a visitor may take; what is slower is cut off. */
export interface HttpTimeouts {
  readonly headersMs: number;
  readonly requestMs: number;
  readonly idleMs: number;
  /** Nothing comes or goes, not even the answer that waits to be read. */
  readonly stalledMs: number;
}

interface HttpSettings extends SecuritySettings {
  /** Whose X-Forwarded-For, -Proto and -Host are believed: of these addresses and networks, of all, or of nobody. */
  readonly trustProxy: boolean | readonly string[];
  /** Of an inventory; every other body has its limit in the contract. */
  readonly bodyLimitBytes: number;
  /** For `/metrics`; null: it has none, and `metricsOpen` decides. */
  readonly metricsToken: string | null;
  readonly metricsOpen: boolean;
  readonly timeouts: HttpTimeouts;
  /** Of one address, other than of a proxy that is trusted. */
  readonly connectionsPerAddress: number;
  readonly limits: {
    readonly verifyCodePerAccount: LimitRule;
    readonly heldByOthersPerAccount: LimitRule;
    readonly requestsPerApiKey: LimitRule;
    /** What an account, or one of the staff, may spend; each operation has its cost in the contract. */
    readonly costPerAccount: LimitRule;
    /** The same for visitors, by their address. */
    readonly costPerAddress: LimitRule;
    /** Look-ups at the authority. */
    readonly lookupsPerAccount: LimitRule;
  };
}
