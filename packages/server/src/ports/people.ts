import type { PageRequest } from './paging.ts';

export type PersonRole = 'customer' | 'reviewer' | 'operator' | 'auditor';

/** What somebody of a customer’s account may do in it; each has what those behind it have, too. */
export type MemberRight = 'owner' | 'filer' | 'viewer';

/** Somebody who signs in. */
export interface PersonRow {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly role: PersonRole;
  readonly accountId: string | null;
  /** Of somebody of a customer’s account; of others it says nothing. */
  readonly right: MemberRight;
  /** Null: never, or before this was kept and in no session that there still is. */
  readonly lastSignInAt: string | null;
  readonly createdAt: string;
  readonly disabledAt: string | null;
  readonly sealedMail: string | null;
  /** Has a password; somebody who was invited has none yet. */
  readonly hasPassword: boolean;
  /** Signs in through the provider's own sign-in (`oidc`) or portal (`portal`). */
  readonly signsInBy: 'here' | 'oidc' | 'portal';
  readonly hasTotp: boolean;
  readonly passkeys: number;
  readonly recoveryCodes: number;
  /** Sessions that have not ended by their absolute limit. */
  readonly sessions: number;
}

export interface NewPerson {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly role: PersonRole;
  readonly accountId: string | null;
  /** An owner unless said. */
  readonly right?: MemberRight;
  readonly sealedMail: string | null;
}

/** Who a person is at an outside sign-in; `provider` is `oidc` or `portal`. */
export interface OutsideIdentity {
  readonly provider: 'oidc' | 'portal';
  readonly subject: string;
}

/** Which people: those for whom everything that is given holds. */
export interface PeopleFilter {
  readonly search?: string | undefined;
  readonly role?: PersonRole | undefined;
  readonly state?: 'invited' | 'active' | 'disabled' | undefined;
}

export interface PeopleRows {
  find(id: string, at: string): Promise<PersonRow | null>;
  findByLogin(login: string, at: string): Promise<PersonRow | null>;
  findByIdentity(identity: OutsideIdentity, at: string): Promise<PersonRow | null>;
  /** By login; `search` is looked for in login and name. */
  list(filter: PeopleFilter & { readonly at: string } & PageRequest): Promise<PersonRow[]>;
  /** @returns false when the login exists. */
  insert(person: NewPerson, at: string): Promise<boolean>;
  addIdentity(userId: string, identity: OutsideIdentity, credentialId: string, at: string): Promise<void>;
  /** When the person took or skipped the tour of the console; null: not yet. */
  findTourEnd(userId: string): Promise<string | null>;
  /** Keeps the first time. */
  endTour(userId: string, at: string): Promise<void>;
  /** The stored hash; null for an unknown login, and for somebody without a password. */
  findPassword(userId: string): Promise<string | null>;
  /** As `findPassword`; until the end of the transaction nobody else changes it. */
  lockPassword(userId: string): Promise<string | null>;
  putPassword(userId: string, hash: string, credentialId: string, at: string): Promise<void>;
  /** Name, role, right and address as given. */
  update(
    userId: string,
    changes: {
      readonly displayName?: string;
      readonly role?: PersonRole;
      readonly right?: MemberRight;
      readonly sealedMail?: string | null;
    },
    at: string,
  ): Promise<void>;
  /** Until the end of the transaction this person is neither disabled nor deleted. @returns false: the person is already */
  lock(userId: string): Promise<boolean>;
  setDisabled(userId: string, disabledAt: string | null, at: string): Promise<boolean>;
  delete(userId: string): Promise<boolean>;
  /** Locks the operators; how many of them, without this one, can sign in. */
  countOtherOperators(userId: string): Promise<number>;
  /** As `lock`, of an owner of an account. @returns false: the person is none, disabled or gone */
  lockOwner(userId: string): Promise<boolean>;
  /** Locks the owners of the account who are not disabled, so that changes among them wait for each other. */
  lockOwners(accountId: string): Promise<readonly LockedOwner[]>;
  /** Of the account, by login. */
  listMembers(filter: { readonly accountId: string; readonly at: string } & PageRequest): Promise<PersonRow[]>;
  /** How many the account has, those who are disabled among them. */
  countMembers(accountId: string): Promise<number>;
  /** Ends the keys that this person made, or of which they received one of the last two secrets; their ids. */
  revokeKeysOf(userId: string, at: string): Promise<string[]>;
  /** Asks for a link to be mailed, at most once in a while. @returns false: no address, disabled, or one is under way. */
  askForMail(userId: string, purpose: LinkPurpose, at: string, notSince: string): Promise<boolean>;
  leaseMail(at: string, leaseUntil: string, limit: number): Promise<PersonMailRow[]>;
  /** `nextAt` null: sent, or parked. */
  endMail(userId: string, nextAt: string | null): Promise<void>;
}

export interface LockedOwner {
  readonly id: string;
  /** Has a password, or signs in through the provider; somebody who was invited cannot yet. */
  readonly canSignIn: boolean;
}

export type LinkPurpose = 'invitation' | 'reset' | 'unlock';

export interface PersonMailRow {
  readonly userId: string;
  readonly purpose: LinkPurpose;
  readonly sealedMail: string;
  readonly attempts: number;
}
