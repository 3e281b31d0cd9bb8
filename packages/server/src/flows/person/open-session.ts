import type { OpenedBy, PersonRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import type { Actor, Source } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import { knownDevice, rememberDevice } from './known-device.ts';
import { newSecret, wallAfter } from './one-time.ts';
import { hasSecondFactor, policyOf } from './second-factor.ts';

/** Beyond so many sessions of one person the oldest end. */
const mostSessions = 20;

/** A session that has just begun. */
export interface SignedIn {
  readonly session: {
    readonly userId: string;
    readonly login: string;
    readonly displayName: string;
    readonly role: PersonRow['role'];
    readonly accountId: string | null;
    readonly right: PersonRow['right'] | null;
    readonly secondFactorDue: boolean;
    readonly support: null;
  };
  /** For the cookie. */
  readonly token: string;
  readonly maxAgeSeconds: number;
  /** For the cookie by which this browser is known; null: do not remember it. */
  readonly device: string | null;
}

/** Where the request came from, with what nobody said left empty. */
export function originOf({ source }: Actor): Required<Source> {
  const address = source?.address ?? '';
  const { network = address, sessionId = null, device = '' } = source ?? {};
  return { address, network, sessionId, device };
}

/** The person as the actor of what signing in writes. */
export const asPerson = <S extends Step>(step: S, person: PersonRow, sessionId: string | null = null): S => ({
  ...step,
  actor: {
    userId: person.id,
    role: person.role,
    accountId: person.accountId,
    source: { ...originOf(step.actor), sessionId },
  },
});

interface Opening {
  readonly by: OpenedBy;
  /** Another factor was shown, or somebody else vouched for it. */
  readonly isStrong: boolean;
  /** The notes that the browser brought. */
  readonly devices: string | null;
}

/** Always a fresh session under a fresh token: nobody can have planted it before. */
export async function openSession(
  step: Step<'auth.person_disabled'>,
  person: PersonRow,
  { by, isStrong, devices }: Opening,
): Promise<SignedIn> {
  const { deps, tx, actor } = step;
  if (person.disabledAt !== null) throw step.fault('auth.person_disabled');
  const { absoluteMs, secondFactor } = policyOf(deps, person.role);
  const now = deps.people.wall.now();
  const secondFactorDue = secondFactor === 'required' && !isStrong && !hasSecondFactor(person);
  const token = newSecret(deps);
  const id = deps.ids.next('ses');
  const { device } = originOf(actor);
  const times = { createdAt: now, lastSeenAt: now, expiresAt: wallAfter(deps, absoluteMs) };
  const row = { id, token, userId: person.id, ...times, openedBy: by, device, secondFactorDue };
  if (!(await tx.signIns.insertSession(row, mostSessions))) throw step.fault('auth.person_disabled');
  const isNew = knownDevice(deps, person.id, devices) === null;
  const about = { by, device, newDevice: isNew };
  await recordAudit(asPerson(step, person, id), 'SignedIn', { kind: 'person', id: person.id }, about);
  return {
    session: sessionOf(person, secondFactorDue),
    token,
    maxAgeSeconds: Math.floor(absoluteMs / 1000),
    device: rememberDevice(deps, person.id, devices),
  };
}

const sessionOf = (person: PersonRow, secondFactorDue: boolean): SignedIn['session'] => ({
  userId: person.id,
  login: person.login,
  displayName: person.displayName,
  role: person.role,
  accountId: person.accountId,
  right: person.role === 'customer' ? person.right : null,
  secondFactorDue,
  support: null,
});

/** Is this session young enough for changes of passwords and factors? @throws Fault `auth.sign_in_again` */
export async function requireFreshSession({ deps, tx, actor, fault }: Step<'auth.sign_in_again'>): Promise<void> {
  const { sessionId } = originOf(actor);
  const session = sessionId === null ? null : await tx.signIns.findSession(sessionId);
  if (session !== null && wallSince(deps, session.createdAt) <= freshMs) return;
  throw fault('auth.sign_in_again');
}

const freshMs = 15 * 60_000;
const wallSince = (deps: FlowDeps, at: string): number => Date.parse(deps.people.wall.now()) - Date.parse(at);
