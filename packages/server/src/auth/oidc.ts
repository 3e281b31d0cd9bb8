import { Fault } from '@openbeian/model/fault';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientError,
  type Configuration,
  type CustomFetchOptions,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { readBounded } from '../bounded/read-bounded.ts';
import type {
  CustomerOidcSignIn,
  OidcBinding,
  OidcCustomer,
  OidcPerson,
  OidcRounds,
  OidcSignIn,
} from '../ports/index.ts';

type StaffRole = NonNullable<OidcPerson['role']>;

interface RelyingParty {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
  /** Where the provider sends the browser back to. */
  readonly redirectUri: string;
  /** Plain http to the provider; on this machine only. */
  readonly allowHttp: boolean;
  readonly timeoutMs: number;
  /** How people must have signed in there (`acr`): asked for, and required of the ID token. Null: whatever the provider does. */
  readonly requiredAcr: readonly string[] | null;
}

export interface OidcOptions extends RelyingParty {
  readonly loginClaim: string;
  readonly nameClaim: string;
  /** A text or a list of texts. */
  readonly roleClaim: string;
  /** From a value of that claim to a role here; of several the first in this order. */
  readonly roles: Readonly<Record<string, StaffRole>>;
}

export interface CustomerOidcOptions extends RelyingParty {
  readonly nameClaim: string;
  /** The id of the account at the provider, which is its id here. */
  readonly accountClaim: string;
  readonly accountNameClaim: string;
  readonly realNameClaim: string;
  /** From a value of that claim to a state of real-name verification here. */
  readonly realNames: Readonly<Record<string, RealName>>;
}

type RealName = NonNullable<OidcCustomer['realName']>;
type Claims = Readonly<Record<string, unknown>>;

const rediscoverMs = 3_600_000;

/** Single sign-on of staff, with the role that their claims map to. */
export const createOidcSignIn = (options: OidcOptions): OidcSignIn =>
  createRounds(options, (claims) => personOf(claims, options));

/** Single sign-on of customers, with the account that their claims name. */
export const createCustomerOidcSignIn = (options: CustomerOidcOptions): CustomerOidcSignIn =>
  createRounds(options, (claims) => customerOf(claims, options));

/** Many times what a provider's description, keys and tokens take. */
const answerLimitBytes = 1024 * 1024;

/** The library reads an answer to its end, however long it is. */
async function boundedFetch(url: string, options: CustomFetchOptions): Promise<Response> {
  // The library's options are those of `fetch`, by another type.
  const answer = await fetch(url, options as RequestInit);
  const text = await readBounded(answer, answerLimitBytes);
  if (text === null) throw new Error(`the provider answered more than ${answerLimitBytes} bytes`);
  const { status, statusText, headers } = answer;
  return new Response(text === '' ? null : text, { status, statusText, headers });
}

/** OpenID Connect: code flow with PKCE, state and nonce, by openid-client. */
function createRounds<Who>(options: RelyingParty, whoIs: (claims: Claims) => Who): OidcRounds<Who> {
  const { issuer, clientId, clientSecret, redirectUri, scope, allowHttp, timeoutMs, requiredAcr } = options;
  let known: { readonly configuration: Promise<Configuration>; readonly atMs: number } | null = null;

  function configured(): Promise<Configuration> {
    if (known !== null && performance.now() - known.atMs < rediscoverMs) return known.configuration;
    const execute = allowHttp ? [allowInsecureRequests] : [];
    const configuration = discovery(new URL(issuer), clientId, clientSecret, undefined, {
      execute,
      timeout: Math.ceil(timeoutMs / 1000),
      [customFetch]: boundedFetch,
    });
    known = { configuration, atMs: performance.now() };
    // A provider that was away is asked again by the next one who signs in.
    configuration.catch(() => {
      known = null;
    });
    return configuration;
  }

  return {
    async begin({ state, nonce, codeVerifier }) {
      return asking(async () =>
        buildAuthorizationUrl(await configured(), {
          redirect_uri: redirectUri,
          scope,
          state,
          nonce,
          code_challenge: await calculatePKCECodeChallenge(codeVerifier),
          code_challenge_method: 'S256',
          ...(requiredAcr !== null && { acr_values: requiredAcr.join(' ') }),
        }).toString(),
      );
    },
    async finish(query: string, { state, nonce, codeVerifier }: OidcBinding) {
      const claims = await asking(async () => {
        const checks = {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        };
        const url = new URL(redirectUri);
        url.search = query;
        return (await authorizationCodeGrant(await configured(), url, checks)).claims();
      });
      if (claims === undefined) throw new Fault('auth.provider_refused');
      const { acr } = claims;
      const isAsRequired = requiredAcr === null || (typeof acr === 'string' && requiredAcr.includes(acr));
      if (!isAsRequired) throw new Fault('auth.provider_refused');
      return whoIs(claims);
    },
  };
}

const textOf = (claims: Claims, claim: string): string | null => {
  const value = claims[claim];
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 100) : null;
};

/** Two providers may give two people the same subject. */
const subjectOf = (claims: Claims, { issuer }: RelyingParty): string => `${issuer}\n${String(claims['sub'])}`;

function customerOf(claims: Claims, options: CustomerOidcOptions): OidcCustomer {
  // Whole: two ids that are alike at first must not become one.
  const given = claims[options.accountClaim];
  const accountId = typeof given === 'number' ? String(given) : given;
  const isId = typeof accountId === 'string' && /^[\x21-\x7e]{1,200}$/.test(accountId);
  const realName = textOf(claims, options.realNameClaim);
  return {
    subject: subjectOf(claims, options),
    displayName: textOf(claims, options.nameClaim),
    accountId: isId ? accountId : null,
    accountName: textOf(claims, options.accountNameClaim),
    realName: realName === null ? null : (new Map(Object.entries(options.realNames)).get(realName) ?? 'none'),
  };
}

function personOf(claims: Claims, options: OidcOptions): OidcPerson {
  const login = textOf(claims, options.loginClaim)?.toLowerCase() ?? null;
  const given = claims[options.roleClaim];
  const values = (Array.isArray(given) ? given : [given]).map(String);
  const role = Object.entries(options.roles).find(([value]) => values.includes(value))?.[1] ?? null;
  return {
    subject: subjectOf(claims, options),
    login: login !== null && /^[a-z0-9][a-z0-9._@-]{1,49}$/.test(login) ? login : null,
    displayName: textOf(claims, options.nameClaim),
    role,
  };
}

/** What the provider refuses, and what does not verify, is one fault; that it cannot be reached is another. */
async function asking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    const isAnswer = cause instanceof ResponseBodyError || cause instanceof WWWAuthenticateChallengeError;
    const isRefusal =
      isAnswer || isAuthorizationError(cause) || (cause instanceof ClientError && !isUnreachable(cause));
    throw new Fault(isRefusal ? 'auth.provider_refused' : 'auth.provider_unreachable', { cause });
  }
}

const isAuthorizationError = (cause: unknown): boolean =>
  cause instanceof Error && cause.constructor.name === 'AuthorizationResponseError';

/** Time-outs and refused connections come as errors of `fetch` inside. */
const isUnreachable = (cause: ClientError): boolean =>
  ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'].includes(String(cause.code)) ||
  (cause.cause instanceof TypeError && cause.cause.message.includes('fetch'));
