import type { MemberRight } from './people.ts';

/** How a session began. */
export type OpenedBy = 'password' | 'passkey' | 'oidc' | 'ticket';

export interface SessionRow {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly openedBy: OpenedBy;
  /** Browser and system, e.g. `Firefox, Windows`. */
  readonly device: string;
}

export interface NewSession extends SessionRow {
  readonly token: string;
  readonly secondFactorDue: boolean;
}

/** A session with its person as it is now: what a request is answered by. */
export interface SignedInRow {
  readonly sessionId: string;
  readonly userId: string;
  readonly login: string | null;
  readonly displayName: string;
  readonly role: string;
  readonly accountId: string | null;
  readonly right: MemberRight;
  readonly disabledAt: string | null;
  readonly expiresAt: string;
  readonly lastSeenAt: string;
  readonly secondFactorDue: boolean;
  readonly supportAccessId: string | null;
  readonly supportAccountId: string | null;
  readonly supportUntil: string | null;
}

export type TokenPurpose = 'invitation' | 'reset' | 'unlock' | 'ticket' | 'passkey_sign_in' | 'passkey_add' | 'oidc';

export interface OneTimeToken {
  readonly digest: string;
  readonly purpose: TokenPurpose;
  readonly userId: string | null;
  readonly expiresAt: string;
}

/** How often something failed since its window began. */
export interface FailureCount {
  readonly key: string;
  readonly windowSeconds: number;
}

/** Sessions, what is good for one use, and failed sign-ins. */
export interface SignInRows {
  /** Beyond the `most` newest of that person the others end. @returns false: the person is disabled or gone */
  insertSession(session: NewSession, most: number): Promise<boolean>;
  listSessions(userId: string, at: string): Promise<SessionRow[]>;
  findSession(id: string): Promise<SessionRow | null>;
  endSession(userId: string, id: string): Promise<boolean>;
  /** Ends all of a person's sessions but the one named. @returns how many ended */
  endSessions(userId: string, butId: string | null): Promise<number>;
  /** The person has a second factor now. */
  liftSecondFactorDue(userId: string): Promise<void>;
  /** Deletes sessions that ended and tokens that nobody used. @returns how many went */
  purge(at: string, limit: number): Promise<number>;

  putToken(token: OneTimeToken, at: string): Promise<void>;
  /** Marks it as used. @returns false when it was used before */
  claimToken(token: OneTimeToken, at: string): Promise<boolean>;
  /** The token, if it is still valid. */
  findToken(digest: string, purposes: readonly TokenPurpose[], at: string): Promise<OneTimeToken | null>;
  /** Takes it in one statement: of several who try at once one gets it. */
  takeToken(digest: string, purposes: readonly TokenPurpose[], at: string): Promise<OneTimeToken | null>;
  /** Unused tokens of that person become invalid. */
  dropTokens(userId: string, purposes: readonly TokenPurpose[]): Promise<void>;

  /** How often each failed within its window. */
  countFailures(keys: readonly FailureCount[], nowMs: number): Promise<number[]>;
  /** One less of each: what was counted before it was looked at was right. */
  takeBackFailures(keys: readonly FailureCount[]): Promise<void>;
  /** Counts one more failure of each; until the end of the transaction nobody else counts these. @returns the counts now */
  addFailures(keys: readonly FailureCount[], nowMs: number): Promise<number[]>;
  /** Their counts are zero again. */
  forgetFailures(keys: readonly FailureCount[]): Promise<void>;
}
