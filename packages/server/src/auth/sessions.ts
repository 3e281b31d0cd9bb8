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
}

interface Found {
  readonly session: SessionFacts;
  /** Names the session in the audit; it opens nothing. */
  readonly sessionId: string;
  readonly setCookies: readonly string[];
}

interface LibraryUser {
  readonly id: string;
  readonly name: string;
  readonly username?: string | null | undefined;
  readonly role: string;
  readonly accountId?: string | null | undefined;
}

/** Sessions over the library; what http needs (`http/needs.ts`). */
export class LibrarySessions {
  readonly #library: Library;

  constructor(library: Library) {
    this.#library = library;
  }

  /**
   * Null for an unknown login and for a wrong password alike, after the same work.
   * @throws Fault `store.unavailable`, as all the others
   */
  async signIn(credentials: { readonly login: string; readonly password: string }, headers: Headers) {
    const body = { username: credentials.login.trim(), password: credentials.password };
    const answer = await asking(() => this.#library.api.signInUsername({ body, headers, returnHeaders: true }));
    if (answer === 'refused') return null;
    return {
      // The library's type of this answer leaves out the fields that our own configuration adds to a user.
      session: factsOf(answer.response.user as unknown as LibraryUser),
      setCookies: answer.headers.getSetCookie(),
    };
  }

  async find(headers: Headers): Promise<Found | null> {
    // Without our cookie there is nothing to look up.
    if (!headers.get('cookie')?.includes('openbeian.session_token=')) return null;
    const answer = await asking(() => this.#library.api.getSession({ headers, returnHeaders: true }));
    if (answer === 'refused' || !answer.response) return null;
    const { user, session } = answer.response;
    return { session: factsOf(user), sessionId: session.id, setCookies: answer.headers.getSetCookie() };
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

function factsOf(user: LibraryUser): SessionFacts {
  const role = roles.find((known) => known === user.role);
  if (!role) throw new Error(`user ${user.id} has an unknown role`);
  return {
    userId: user.id,
    login: user.username ?? '',
    displayName: user.name,
    role,
    accountId: user.accountId ?? null,
  };
}
