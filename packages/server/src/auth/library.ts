import { betterAuth } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { username } from 'better-auth/plugins/username';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Passwords } from '../ports/index.ts';

export interface LibraryOptions {
  /** The store's database, giving instants as Date. */
  readonly database: Kysely<unknown>;
  /** Signs the session cookie; at least 32 bytes of chance, from the key ring. */
  readonly secret: string;
  /** Browsers send the cookie over https only. */
  readonly secureCookies: boolean;
  readonly passwords: Passwords;
  /** Called with errors inside the library, which it does not pass on to its caller. */
  readonly onError: (message: string, error: unknown) => void;
}

/** Sessions end by their own rows, which say so per role; this is only beyond them all. */
const longestSeconds = 366 * 24 * 3600;
/** What the library hashes by itself comes from commands of ours, not from visitors. */
let ownTurns = 0;
/** Each has a turn of its own: several users are made at once. */
const ownTurn = () => ({ address: 'this process', login: String((ownTurns += 1)) });

/** Puts the cookie of a session that the flows have begun; the library then finds the session by it. */
const sessionCookie = {
  id: 'session-cookie',
  endpoints: {
    giveSessionCookie: createAuthEndpoint(
      '/session-cookie',
      { method: 'POST', body: z.object({ token: z.string(), maxAge: z.number() }), metadata: { SERVER_ONLY: true } },
      async (ctx) => {
        const { name, attributes } = ctx.context.authCookies.sessionToken;
        const { token, maxAge } = ctx.body;
        await ctx.setSignedCookie(name, token, ctx.context.secret, { ...attributes, maxAge });
        return ctx.json({ given: true });
      },
    ),
  },
};

/** What we keep of a session besides; no input of the library's sets it. */
const sessionFields = {
  lastSeenAt: { type: 'date', required: true, input: false },
  openedBy: { type: 'string', required: true, input: false },
  device: { type: 'string', required: true, input: false },
  secondFactorDue: { type: 'boolean', required: true, input: false },
  supportAccessId: { type: 'string', required: false, input: false },
  supportAccountId: { type: 'string', required: false, input: false },
  supportUntil: { type: 'date', required: false, input: false },
} as const;

export type Library = ReturnType<typeof createLibrary>;

/**
 * better-auth as we use it: its tables, its format of passwords, its cookies and look-up of sessions. Its own HTTP routes
 * are not served; only `sessions.ts` and `users.ts` call it. Role and account are fields that no input of its can set.
 */
export function createLibrary({ database, secret, secureCookies, passwords, onError }: LibraryOptions) {
  return betterAuth({
    appName: 'OpenBeian',
    // Only its own routes would use it; a fixed one keeps it from reading the environment.
    baseURL: secureCookies ? 'https://openbeian.invalid' : 'http://openbeian.invalid',
    secret,
    // biome-ignore lint/suspicious/noExplicitAny: the library's own type; its tables come from our configuration.
    database: { db: database as Kysely<any>, type: 'postgres', transaction: false },
    user: {
      modelName: 'auth_user',
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        accountId: { type: 'string', required: false, input: false },
        disabledAt: { type: 'date', required: false, input: false },
      },
    },
    session: {
      modelName: 'auth_session',
      expiresIn: longestSeconds,
      disableSessionRefresh: true,
      additionalFields: sessionFields,
    },
    account: { modelName: 'auth_credential' },
    verification: { modelName: 'auth_verification' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      password: {
        hash: (password) => passwords.hash(password, ownTurn()),
        verify: ({ hash, password }) => passwords.verify(hash, password, ownTurn()),
      },
    },
    plugins: [username({ minUsernameLength: 1, maxUsernameLength: 200, usernameValidator: () => true }), sessionCookie],
    rateLimit: { enabled: false }, // it guards its own routes only; ours are guarded in http/session.ts
    telemetry: { enabled: false },
    logger: {
      // Its everyday refusals are warnings to it and answers to us.
      level: 'error',
      log: (_, message, ...details) =>
        onError(
          message,
          details.find((detail) => detail instanceof Error),
        ),
    },
    advanced: {
      // `__Host-`: browsers take it over https only, for this host and the whole of it, so that no neighbour can plant one.
      cookiePrefix: secureCookies ? '__Host-openbeian' : 'openbeian',
      useSecureCookies: false,
      defaultCookieAttributes: { secure: secureCookies, path: '/' },
      ipAddress: { disableIpTracking: true },
      database: { validateSchema: false }, // a test does, once, not every process at run time
    },
  });
}
