import type { Clock } from './clock.ts';
import type { HashTurn, Passwords } from './passwords.ts';
import type { CustomerOidcSignIn, OidcSignIn, Passkeys } from './people-services.ts';

interface LimitRule {
  readonly limit: number;
  readonly windowSeconds: number;
}

/** How much attempts are slowed down after failures. */
export interface Slowness {
  /** Before each attempt at this login from this address, one after the other. */
  readonly delayMs: number;
  /** Attempts of this address, whatever the login, begin one at a time. */
  readonly byAddress: boolean;
}

/** What holds for the sessions of staff, or of customers. */
export interface SessionPolicy {
  readonly idleMs: number;
  readonly absoluteMs: number;
  readonly secondFactor: 'required' | 'optional';
}

/** What signing in works with. */
export interface PeopleSettings {
  /** The real time: one-time codes and sessions follow it, also where a story's clock does not. */
  readonly wall: Clock;
  readonly passwords: Passwords;
  readonly isCommonPassword: (password: string) => boolean;
  readonly pace: { wait(turn: HashTurn, slowness: Slowness): Promise<void> };
  readonly staff: SessionPolicy;
  readonly customers: SessionPolicy;
  readonly limits: {
    readonly perLogin: LimitRule;
    readonly perLoginAndAddress: LimitRule;
    readonly perAddress: LimitRule;
  };
  readonly passkeys: Passkeys;
  /** Null: staff sign in here only. */
  readonly oidc: OidcSignIn | null;
  /** Null: customers sign in here or come by ticket. */
  readonly customerOidc: CustomerOidcSignIn | null;
  /** Does the provider's own sign-in ask for a second factor itself? */
  readonly oidcIsSecondFactor: boolean;
  readonly customerOidcIsSecondFactor: boolean;
  /** Name of this system in authenticator apps. */
  readonly issuer: string;
  /** Where links lead; null: the person who made a link adds the address. */
  readonly publicUrl: string | null;
}
