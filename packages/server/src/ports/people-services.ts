import type { PasskeyRow } from './second-factors.ts';

/** What a browser's passkey dialog takes and gives: JSON of WebAuthn, passed on as it is. */
export type WebAuthnJson = Readonly<Record<string, unknown>>;

/** The ceremonies of WebAuthn; the challenges are the caller's. */
export interface Passkeys {
  creationOptions(of: {
    readonly userId: string;
    readonly login: string;
    readonly displayName: string;
    readonly challenge: string;
    readonly known: readonly PasskeyRow[];
  }): Promise<WebAuthnJson>;
  requestOptions(challenge: string): Promise<WebAuthnJson>;
  /** The challenge that an answer repeats; null for what is no answer. Nothing is verified yet. */
  challengeOf(response: WebAuthnJson): string | null;
  /** Null when it does not verify; the person must have been verified by the device. */
  verifyCreation(
    response: WebAuthnJson,
    challenge: string,
  ): Promise<Pick<PasskeyRow, 'credentialId' | 'publicKey' | 'counter' | 'transports'> | null>;
  /** The new counter; null when it does not verify. */
  verifyUse(response: WebAuthnJson, challenge: string, passkey: PasskeyRow): Promise<number | null>;
}

/** Texts that one sign-in through the provider is bound to. */
export interface OidcBinding {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** The provider's own single sign-on. */
export interface OidcRounds<Who> {
  /** Where the browser goes. @throws Fault `auth.provider_unreachable` */
  begin(binding: OidcBinding): Promise<string>;
  /**
   * Whom the answer is about.
   * @param query of the address that the browser was sent back to
   * @throws Fault `auth.provider_refused`, `auth.provider_unreachable`
   */
  finish(query: string, binding: OidcBinding): Promise<Who>;
}

export type OidcSignIn = OidcRounds<OidcPerson>;
export type CustomerOidcSignIn = OidcRounds<OidcCustomer>;

/** Somebody of a customer's, as the provider's single sign-on vouches. */
export interface OidcCustomer {
  readonly subject: string;
  readonly displayName: string | null;
  /** Null where the claims name none: nobody is let in then. */
  readonly accountId: string | null;
  readonly accountName: string | null;
  /** Null where the claims do not say. */
  readonly realName: 'none' | 'individual' | 'enterprise' | null;
}

export interface OidcPerson {
  readonly subject: string;
  readonly login: string | null;
  readonly displayName: string | null;
  /** The role that the claims map to; null for none. */
  readonly role: 'reviewer' | 'operator' | 'auditor' | null;
}
