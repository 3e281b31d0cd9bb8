import { Fault } from '@openbeian/model/fault';
import { isAPIError } from 'better-auth/api';
import type { Library } from './library.ts';
import { type Role, roles } from './roles.ts';

/** Who is signed in. */
interface SessionFacts {
  readonly userId: string;
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly accountId: string | null;
  readonly secondFactorDue: boolean;
  readonly support: { readonly accessId: string; readonly accountId: string; readonly until: string } | null;
}

interface Found {
  readonly session: SessionFacts;
  /** Names the session in the audit and in lists; it opens nothing. */
  readonly sessionId: string;
}

interface LibraryUser {
  readonly id: string;
  readonly name: string;
  readonly username?: string | null | undefined;
  readonly role: string;
  readonly accountId?: string | null | undefined;
  readonly disabledAt?: Date | null | undefined;
}

interface IdleLimits {
  readonly staffMs: number;
  readonly customersMs: number;
}

type KnownBy = (notes: string | null) => string | null;

/** The time of the last request is written at most this often, so that reading costs no write each time. */
const seenEveryMs = 60_000;

/** Sessions over the library; what http needs (`http/needs.ts`). */
export class LibrarySessions {
  readonly #library: Library;
  readonly #idle: IdleLimits;
  readonly #nowMs: () => number;
  /** Who signed in before in the browser with these notes; null for nobody. */
  readonly knownBy: KnownBy;

  constructor(library: Library, idle: IdleLimits, nowMs: () => number = Date.now, knownBy: KnownBy = () => null) {
    this.knownBy = knownBy;
    this.#library = library;
    this.#idle = idle;
    this.#nowMs = nowMs;
  }

  /** The cookie of a session that has begun. @throws Fault `store.unavailable`, as all the others */
  async cookiesOf(token: string, maxAgeSeconds: number): Promise<readonly string[]> {
    const body = { token, maxAge: maxAgeSeconds };
    const { headers } = await this.#library.api.giveSessionCookie({ body, returnHeaders: true });
    return headers.getSetCookie();
  }

  /** Null without a session, and for one that was idle for too long or whose person is disabled: it ends then. */
  async find(headers: Headers): Promise<Found | null> {
    // Without our cookie there is nothing to look up.
    if (!headers.get('cookie')?.includes('openbeian.session_token=')) return null;
    const answer = await asking(() => this.#library.api.getSession({ headers }));
    if (answer === 'refused' || !answer) return null;
    const { session, user } = answer;
    const now = this.#nowMs();
    const idleMs = now - new Date(session.lastSeenAt).getTime();
    const { internalAdapter } = await this.#library.$context;
    const limitMs = user.role === 'customer' ? this.#idle.customersMs : this.#idle.staffMs;
    if (idleMs > limitMs || user.disabledAt) {
      await asking(() => internalAdapter.deleteSession(session.token));
      return null;
    }
    if (idleMs > seenEveryMs) {
      await asking(() => internalAdapter.updateSession(session.token, { lastSeenAt: new Date(now) }));
    }
    return { session: factsOf(user, session, now), sessionId: session.id };
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

interface LibrarySession {
  readonly secondFactorDue: boolean;
  readonly supportAccessId?: string | null | undefined;
  readonly supportAccountId?: string | null | undefined;
  readonly supportUntil?: Date | null | undefined;
}

/** On only while its time lasts, and for operators. */
function supportOf(user: LibraryUser, session: LibrarySession, nowMs: number): SessionFacts['support'] {
  const { supportAccessId: accessId, supportAccountId: accountId, supportUntil } = session;
  if (user.role !== 'operator' || !accessId || !accountId || !supportUntil) return null;
  const until = new Date(supportUntil);
  return until.getTime() > nowMs ? { accessId, accountId, until: until.toISOString() } : null;
}

function factsOf(user: LibraryUser, session: LibrarySession, nowMs: number): SessionFacts {
  const { secondFactorDue } = session;
  const support = supportOf(user, session, nowMs);
  const role = roles.find((known) => known === user.role);
  if (!role) throw new Error(`user ${user.id} has an unknown role`);
  return {
    userId: user.id,
    login: user.username ?? '',
    displayName: user.name,
    role: support === null ? role : 'customer',
    accountId: support?.accountId ?? user.accountId ?? null,
    secondFactorDue,
    support,
  };
}
