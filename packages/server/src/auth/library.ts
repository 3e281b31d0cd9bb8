import { betterAuth } from 'better-auth';
import { username } from 'better-auth/plugins/username';
import type { Kysely } from 'kysely';

export interface LibraryOptions {
  /** The store's database, giving instants as Date. */
  readonly database: Kysely<unknown>;
  /** Signs the session cookie; at least 32 bytes of chance, from the key ring. */
  readonly secret: string;
  /** Browsers send the cookie over https only. */
  readonly secureCookies: boolean;
  /** Told of what goes wrong inside the library, which hides it from its caller. */
  readonly onError: (message: string, error: unknown) => void;
}

const day = 24 * 3600;

export type Library = ReturnType<typeof createLibrary>;

/**
 * better-auth as we use it: login name and password, sessions in our database. Its own HTTP routes are not served;
 * only `sessions.ts` and `users.ts` call it. Role and account are fields that no input of its can set.
 */
export function createLibrary({ database, secret, secureCookies, onError }: LibraryOptions) {
  return betterAuth({
    appName: 'OpenBeian',
    // Only its own routes would use it; a fixed one keeps it from reading the environment.
    baseURL: secureCookies ? 'https://openbeian.invalid' : 'http://openbeian.invalid',
    secret,
    // biome-ignore lint/suspicious/noExplicitAny: the library's own type; it knows its tables by our configuration.
    database: { db: database as Kysely<any>, type: 'postgres', transaction: false },
    user: {
      modelName: 'auth_user',
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        accountId: { type: 'string', required: false, input: false },
      },
    },
    session: { modelName: 'auth_session', expiresIn: 7 * day, updateAge: day },
    account: { modelName: 'auth_credential' },
    verification: { modelName: 'auth_verification' },
    emailAndPassword: { enabled: true, disableSignUp: true },
    // Nothing may answer before the password is hashed: an odd login name would else be told from a known one.
    plugins: [username({ minUsernameLength: 1, maxUsernameLength: 200, usernameValidator: () => true })],
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
