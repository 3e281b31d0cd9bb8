import { Fault } from '@openbeian/model/fault';
import { isAPIError } from 'better-auth/api';
import type { SignedInRow, Store } from '../ports/index.ts';
import type { Library } from './library.ts';
import { type Role, roles } from './roles.ts';
import { signedToken } from './session-cookie.ts';

/** Who is signed in. */
interface SessionFacts {
  readonly userId: string;
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly accountId: string | null;
  readonly right: SignedInRow['right'] | null;
  readonly secondFactorDue: boolean;
  readonly support: { readonly accessId: string; readonly accountId: string; readonly until: string } | null;
}

interface Found {
  readonly session: SessionFacts;
  /** Names the session in the audit and in lists; it opens nothing. */
  readonly sessionId: string;
}

interface IdleLimits {
  readonly staffMs: number;
  readonly customersMs: number;
}

type KnownBy = (notes: string | null) => string | null;

/** The time of the last request is written at most this often, so that reading costs no write each time. */
const seenEveryMs = 60_000;
/** A database that did not take that is not asked to again for so long. */
const noteAgainMs = 5000;

/** The library makes and ends sessions; every request looks its own up, together with those of the same moment. */
interface SessionParts {
  readonly library: Library;
  readonly store: Pick<Store, 'findSignedIn'>;
}

/** Sessions over the library; what http needs (`http/needs.ts`). */
export class LibrarySessions {
  readonly #library: Library;
  readonly #store: SessionParts['store'];
  readonly #idle: IdleLimits;
  readonly #nowMs: () => number;
  #noteFromMs = Number.NEGATIVE_INFINITY;
  /** Who signed in before in the browser with these notes; null for nobody. */
  readonly knownBy: KnownBy;

  constructor(
    { library, store }: SessionParts,
    idle: IdleLimits,
    nowMs: () => number = Date.now,
    knownBy: KnownBy = () => null,
  ) {
    this.knownBy = knownBy;
    this.#library = library;
    this.#store = store;
    this.#idle = idle;
    this.#nowMs = nowMs;
  }

  /** The cookie of a session that has begun. @throws Fault `store.unavailable`, as all the others */
  async cookiesOf(token: string, maxAgeSeconds: number): Promise<readonly string[]> {
    const body = { token, maxAge: maxAgeSeconds };
    const { headers } = await this.#library.api.giveSessionCookie({ body, returnHeaders: true });
    return headers.getSetCookie();
  }

  /** Null without a session, and for one that ended, was idle for too long or whose person is disabled: it ends then. */
  async find(headers: Headers): Promise<Found | null> {
    const { internalAdapter, authCookies, secret } = await this.#library.$context;
    const token = signedToken(headers.get('cookie'), authCookies.sessionToken.name, secret);
    if (token === null) return null;
    const row = await this.#store.findSignedIn(token);
    if (row === null) return null;
    const now = this.#nowMs();
    const idleMs = now - Date.parse(row.lastSeenAt);
    const limitMs = row.role === 'customer' ? this.#idle.customersMs : this.#idle.staffMs;
    if (Date.parse(row.expiresAt) < now || idleMs > limitMs || row.disabledAt !== null) {
      await this.#note(() => internalAdapter.deleteSession(token));
      return null;
    }
    if (idleMs > seenEveryMs) {
      await this.#note(() => internalAdapter.updateSession(token, { lastSeenAt: new Date(now) }));
    }
    return { session: factsOf(row, now), sessionId: row.sessionId };
  }

  /** What is written beside a request: where the database takes no writes (read-only, full) reading goes on. */
  async #note(write: () => Promise<unknown>): Promise<void> {
    if (performance.now() < this.#noteFromMs) return;
    try {
      await asking(write);
    } catch {
      this.#noteFromMs = performance.now() + noteAgainMs;
    }
  }

  async signOut(headers: Headers): Promise<{ readonly setCookies: readonly string[] }> {
    // The library clears the cookie even when it could not delete the session, so we delete it first.
    const answer = await asking(async () => {
      const found = await this.#library.api.getSession({ headers });
      const { internalAdapter } = await this.#library.$context;
      if (found) await internalAdapter.deleteSession(found.session.token);
      return this.#library.api.signOut({ headers, returnHeaders: true });
    });
    return { setCookies: answer === 'refused' ? [] : answer.headers.getSetCookie() };
  }
}

/** The library answers a lost database with a nameless 500, or lets the driver's error through. */
async function asking<T>(work: () => Promise<T>): Promise<T | 'refused'> {
  try {
    return await work();
  } catch (error) {
    if (isAPIError(error) && error.statusCode < 500) return 'refused';
    throw new Fault('store.unavailable', { cause: error });
  }
}

/** On only while its time lasts, and for operators. */
function supportOf(row: SignedInRow, nowMs: number): SessionFacts['support'] {
  const { supportAccessId: accessId, supportAccountId: accountId, supportUntil } = row;
  if (row.role !== 'operator' || !accessId || !accountId || !supportUntil) return null;
  return Date.parse(supportUntil) > nowMs ? { accessId, accountId, until: supportUntil } : null;
}

function factsOf(row: SignedInRow, nowMs: number): SessionFacts {
  const { userId, login, displayName, secondFactorDue } = row;
  const support = supportOf(row, nowMs);
  const role = roles.find((known) => known === row.role);
  if (!role) throw new Error(`user ${userId} has an unknown role`);
  return {
    userId,
    login: login ?? '',
    displayName,
    role: support === null ? role : 'customer',
    accountId: support?.accountId ?? row.accountId ?? null,
    right: role === 'customer' ? row.right : null,
    secondFactorDue,
    support,
  };
}
