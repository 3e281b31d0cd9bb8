export interface TotpRow {
  readonly userId: string;
  readonly sealedSecret: string;
  readonly confirmedAt: string | null;
}

export interface PasskeyRow {
  readonly id: string;
  readonly userId: string;
  /** base64url */
  readonly credentialId: string;
  /** base64url of the COSE key */
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  readonly madeAt: string;
  readonly lastUsedAt: string | null;
}

/** What people show besides a password. */
export interface SecondFactorRows {
  findTotp(userId: string): Promise<TotpRow | null>;
  /** A new secret that is not confirmed; never over a confirmed one. @returns false when there is one */
  putTotp(userId: string, sealedSecret: string, at: string): Promise<boolean>;
  /** Takes a code's step, once: a former or equal one is refused. */
  takeTotpStep(userId: string, step: number): Promise<boolean>;
  /** As `takeTotpStep`, for the first code of a secret. */
  confirmTotp(userId: string, step: number, at: string): Promise<boolean>;
  deleteTotp(userId: string): Promise<boolean>;
  /** In the place of all former ones. */
  putRecoveryCodes(userId: string, digests: readonly string[]): Promise<void>;
  /** Digests of the codes that are unused, in their order. */
  listRecoveryCodes(userId: string): Promise<string[]>;
  /**
   * In the place of exactly `earlier`. @returns false, and the transaction must be rolled back, when others are
   * there by now or no confirmed authenticator app is
   */
  replaceRecoveryCodes(userId: string, earlier: readonly string[], digests: readonly string[]): Promise<boolean>;
  /** Is it there, unused? It stays so. */
  hasRecoveryCode(userId: string, digest: string): Promise<boolean>;
  /** Takes a code in one statement. */
  takeRecoveryCode(userId: string, digest: string): Promise<boolean>;
  listPasskeys(userId: string): Promise<PasskeyRow[]>;
  findPasskey(credentialId: string): Promise<PasskeyRow | null>;
  /** @returns false when the credential is known, whoever's it is */
  insertPasskey(passkey: PasskeyRow): Promise<boolean>;
  /** Guarded by the counter that was verified: of two uses of one signature one goes through. */
  usePasskey(id: string, fromCounter: number, toCounter: number, at: string): Promise<boolean>;
  deletePasskey(userId: string, id: string): Promise<boolean>;
  deleteAllPasskeys(userId: string): Promise<number>;
}
