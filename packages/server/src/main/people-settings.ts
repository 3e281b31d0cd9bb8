import { createOidcSignIn, createPasskeys, isCommonPassword } from '../auth/index.ts';
import { SignInPace } from '../flows/person/sign-in-pace.ts';
import type { Clock, OidcSignIn, Passwords, PeopleSettings, SessionPolicy } from '../ports/index.ts';
import { type Config, isLoopback } from './config.ts';

type SessionSettings = Config['signIn']['staff'];

const policyOf = ({ idleMinutes, absoluteHours, secondFactor }: SessionSettings): SessionPolicy => ({
  idleMs: idleMinutes * 60_000,
  absoluteMs: absoluteHours * 3_600_000,
  secondFactor,
});

/** How people sign in to this deployment. */
export function peopleSettings(config: Config, passwords: Passwords, wall: Clock): PeopleSettings {
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
    oidc: oidcOf(config),
    oidcIsSecondFactor: signIn.oidc?.isSecondFactor ?? false,
    issuer: `OpenBeian ${config.name.en}`,
    publicUrl: http.publicUrl,
  };
}

function oidcOf({ http, signIn: { oidc } }: Config): OidcSignIn | null {
  if (oidc === null || http.publicUrl === null) return null;
  const allowHttp = oidc.issuer.startsWith('http:') && isLoopback(new URL(oidc.issuer).hostname);
  return createOidcSignIn({ ...oidc, redirectUri: `${http.publicUrl.replace(/\/+$/, '')}/oidc`, allowHttp });
}
