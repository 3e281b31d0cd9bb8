/** Who waits for a password to be hashed; turns go round by address, and within an address by login. */
export interface HashTurn {
  readonly address: string;
  readonly login: string;
}

/** Hashes passwords apart from everything else, so that no number of sign-ins holds up other requests. */
export interface Passwords {
  /** @throws Fault `auth.too_many_attempts` when too many wait. */
  hash(password: string, turn: HashTurn): Promise<string>;
  /**
   * Is this the password of that hash? Without a hash the same work is done and the answer is no.
   * @throws Fault `auth.too_many_attempts` when too many wait.
   */
  verify(stored: string | null, password: string, turn: HashTurn): Promise<boolean>;
}
