import { type PersonRow, type SessionRow, sealingContexts } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { maskedMail } from '../command/masked-mail.ts';
import type { Step } from '../command/step.ts';

/** What operators see of somebody. */
export interface PersonView {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly role: PersonRow['role'];
  readonly accountId: string | null;
  /** In the customer's account; null for the provider's people. */
  readonly right: PersonRow['right'] | null;
  readonly state: 'invited' | 'active' | 'disabled';
  readonly signsInBy: PersonRow['signsInBy'];
  readonly mail: string | null;
  readonly totp: boolean;
  readonly passkeys: number;
  readonly sessions: number;
  readonly createdAt: string;
}

export function personViewOf(person: PersonRow, deps: FlowDeps): PersonView {
  const { id, login, displayName, role, accountId, signsInBy, passkeys, sessions, createdAt } = person;
  const isInvited = signsInBy === 'here' && !person.hasPassword;
  const state = person.disabledAt !== null ? 'disabled' : isInvited ? 'invited' : 'active';
  return {
    id,
    login,
    displayName,
    role,
    accountId,
    right: role === 'customer' ? person.right : null,
    state,
    signsInBy,
    mail: person.sealedMail === null ? null : shownMail(deps, id, person.sealedMail),
    totp: person.hasTotp,
    passkeys,
    sessions,
    createdAt,
  };
}

export const mailOf = (deps: FlowDeps, userId: string, sealed: string): string =>
  deps.vault.open(sealed, sealingContexts.people(userId));

export const sealMail = (deps: FlowDeps, userId: string, mail: string | null): string | null =>
  mail === null ? null : deps.vault.seal(mail, sealingContexts.people(userId));

/** One that cannot be read hides nobody else in the list, nor what can be done about it. */
function shownMail(deps: FlowDeps, userId: string, sealed: string): string {
  try {
    return maskedMail(mailOf(deps, userId, sealed));
  } catch {
    return '***';
  }
}

export interface SessionView {
  readonly id: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly endsAt: string;
  readonly openedBy: SessionRow['openedBy'];
  readonly device: string;
  readonly current: boolean;
}

export const sessionViewOf = (row: SessionRow, currentId: string | null): SessionView => ({
  id: row.id,
  createdAt: row.createdAt,
  lastSeenAt: row.lastSeenAt,
  endsAt: row.expiresAt,
  openedBy: row.openedBy,
  device: row.device,
  current: row.id === currentId,
});

/** @throws Fault `object.not_found` */
export async function requirePerson({ deps, tx, fault }: Step<'object.not_found'>, id: string): Promise<PersonRow> {
  const person = await tx.people.find(id, deps.people.wall.now());
  if (person === null) throw fault('object.not_found');
  return person;
}
