import { createPasskeys } from '../auth/passkeys.ts';
import { isCommonPassword } from '../auth/passwords/common-passwords.ts';
import { SignInPace } from '../flows/person/sign-in-pace.ts';
import type {
  Clock,
  CustomerOidcSignIn,
  OidcSignIn,
  Passwords,
  PeopleSettings,
  SessionPolicy,
} from '../ports/index.ts';
import { type Config, isLoopback } from './config.ts';

type SessionSettings = Config['signIn']['staff'];

const policyOf = ({ idleMinutes, absoluteHours, secondFactor }: SessionSettings): SessionPolicy => ({
  idleMs: idleMinutes * 60_000,
  absoluteMs: absoluteHours * 3_600_000,
  secondFactor,
});

/** How people sign in to this deployment. */
export async function peopleSettings(config: Config, passwords: Passwords, wall: Clock): Promise<PeopleSettings> {
  const { http, signIn } = config;
  return {
    wall,
    passwords,
    isCommonPassword,
    pace: new SignInPace(),
    staff: policyOf(signIn.staff),
    customers: policyOf(signIn.customers),
    limits: {
      perLogin: http.limits.signInPerLogin,
      perLoginAndAddress: http.limits.signInPerLoginAndAddress,
      perAddress: http.limits.signInPerAddress,
    },
    passkeys: createPasskeys({ name: config.name.zh, publicUrl: http.publicUrl }),
    oidc: await oidcOf(config),
    customerOidc: await customerOidcOf(config),
    oidcIsSecondFactor: signIn.oidc?.isSecondFactor ?? false,
    customerOidcIsSecondFactor: signIn.customerOidc?.isSecondFactor ?? false,
    issuer: `${config.look.title?.en ?? 'OpenBeian'} ${config.name.en}`,
    publicUrl: http.publicUrl,
  };
}

/** Its client is loaded only where it is configured. */
async function oidcOf({ http, signIn: { oidc } }: Config): Promise<OidcSignIn | null> {
  if (oidc === null || http.publicUrl === null) return null;
  const { createOidcSignIn } = await import('../auth/oidc.ts');
  return createOidcSignIn({ ...oidc, ...wayBack(http.publicUrl, 'oidc', oidc.issuer) });
}

async function customerOidcOf({ http, signIn: { customerOidc: oidc } }: Config): Promise<CustomerOidcSignIn | null> {
  if (oidc === null || http.publicUrl === null) return null;
  const { createCustomerOidcSignIn } = await import('../auth/oidc.ts');
  // An address of its own: what one provider answers is never taken for the other's answer.
  return createCustomerOidcSignIn({ ...oidc, ...wayBack(http.publicUrl, 'oidc/customers', oidc.issuer) });
}

const wayBack = (publicUrl: string, path: string, issuer: string) => ({
  redirectUri: `${publicUrl.replace(/\/+$/, '')}/${path}`,
  allowHttp: issuer.startsWith('http:') && isLoopback(new URL(issuer).hostname),
});
