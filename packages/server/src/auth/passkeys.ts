import type { verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { PasskeyRow, Passkeys, WebAuthnJson } from '../ports/index.ts';

interface Site {
  /** Name in the browser's dialog. */
  readonly name: string;
  /** Where browsers reach us; null: on this machine, as localhost. */
  readonly publicUrl: string | null;
}

type Transports = NonNullable<Parameters<typeof verifyAuthenticationResponse>[0]['credential']['transports']>;
const timeoutMs = 300_000;
/** Some 280 files, loaded for the first passkey of a process. */
const webauthn = () => import('@simplewebauthn/server');

/** WebAuthn by SimpleWebAuthn. Passkeys are discoverable (no login is entered) and require user verification. */
export function createPasskeys({ name, publicUrl }: Site): Passkeys {
  const rpID = publicUrl === null ? 'localhost' : new URL(publicUrl).hostname;
  /** Without a public address: any port of this machine. */
  const originFor = (response: WebAuthnJson): string => {
    if (publicUrl !== null) return new URL(publicUrl).origin;
    const origin = clientDataOf(response)?.origin ?? '';
    return URL.canParse(origin) && new URL(origin).hostname === 'localhost' ? origin : 'http://localhost';
  };
  return {
    creationOptions: async ({ userId, login, displayName, challenge, known }) => ({
      ...(await (
        await webauthn()
      ).generateRegistrationOptions({
        rpName: name,
        rpID,
        userName: login,
        userDisplayName: displayName,
        userID: new Uint8Array(Buffer.from(userId)),
        challenge: bytesOf(challenge),
        timeout: timeoutMs,
        excludeCredentials: known.map(({ credentialId, transports }) => ({
          id: credentialId,
          transports: transportsOf(transports),
        })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })),
    }),
    requestOptions: async (challenge) => ({
      ...(await (
        await webauthn()
      ).generateAuthenticationOptions({
        rpID,
        challenge: bytesOf(challenge),
        userVerification: 'required',
        timeout: timeoutMs,
      })),
    }),
    challengeOf: (response) => clientDataOf(response)?.challenge ?? null,
    async verifyCreation(response, challenge) {
      const verified = await orNull(async () =>
        (await webauthn()).verifyRegistrationResponse({
          // The library checks the answer's shape, and throws for what it cannot read.
          response: response as never,
          expectedChallenge: challenge,
          expectedOrigin: originFor(response),
          expectedRPID: rpID,
        }),
      );
      if (verified === null || !verified.verified) return null;
      const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
      return { credentialId: id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports };
    },
    async verifyUse(response, challenge, { credentialId, publicKey, counter, transports }: PasskeyRow) {
      const credential = {
        id: credentialId,
        publicKey: bytesOf(publicKey),
        counter,
        transports: transportsOf(transports),
      };
      const verified = await orNull(async () =>
        (await webauthn()).verifyAuthenticationResponse({
          // As above.
          response: response as never,
          expectedChallenge: challenge,
          expectedOrigin: originFor(response),
          expectedRPID: rpID,
          credential,
        }),
      );
      return verified?.verified === true ? verified.authenticationInfo.newCounter : null;
    },
  };
}

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));

// Stored as the browser named them; an unknown one is passed over by browsers.
const transportsOf = (transports: readonly string[]): Transports => [...transports] as Transports;

function clientDataOf(response: WebAuthnJson): { readonly challenge: string; readonly origin: string } | null {
  try {
    const inner = response['response'] as { readonly clientDataJSON?: unknown } | undefined;
    if (typeof inner?.clientDataJSON !== 'string') return null;
    const text = Buffer.from(inner.clientDataJSON, 'base64url').toString();
    const { challenge, origin } = JSON.parse(text) as { readonly challenge?: unknown; readonly origin?: unknown };
    return typeof challenge === 'string' && typeof origin === 'string' ? { challenge, origin } : null;
  } catch {
    return null;
  }
}

/** The library throws for everything that does not verify. */
async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch {
    return null;
  }
}
