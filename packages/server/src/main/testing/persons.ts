import type { Role } from '@openbeian/contract';
import type { FlowDeps } from '../../flows/index.ts';
import { openTotp, totpCode } from '../../flows/person/totp.ts';
import type { Caller, Customer, OperationWorld } from './operation-world.ts';

/** Somebody who signs in: a row of a person with `ownPassword`, and a session that has just begun. */
export interface Person extends Caller {
  readonly login: string;
  readonly sessionId: string;
}

export const ownPassword = 'seven quiet herons at noon';
export const otherPassword = 'nine slow foxes by the river';

/** In place of a hash that takes long on purpose. Waiting after failures is left out too; both have tests of their own. */
export const quickly: Partial<FlowDeps['people']> = {
  passwords: {
    hash: async (password) => `hash of ${password}`,
    verify: async (stored, password) => stored === `hash of ${password}`,
  },
  pace: { wait: async () => {} },
};

/** Makes one of the staff, or somebody of the account. */
export async function person(world: OperationWorld, role: Role, accountId: string | null = null): Promise<Person> {
  const { store, people } = world.deps;
  const now = people.wall.now();
  const userId = world.fresh('usr');
  const login = `${role}-${userId.replace('_', '-')}`;
  const sessionId = world.fresh('ses');
  await store.transaction(async (tx) => {
    await tx.people.insert({ id: userId, login, displayName: '陈', role, accountId, sealedMail: null }, now);
    await tx.people.putPassword(userId, `hash of ${ownPassword}`, world.fresh('crd'), now);
  });
  await openSessionOf(world, userId, sessionId);
  return { ...world.as({ userId, role, accountId, source: { address: '192.0.2.1', sessionId } }), login, sessionId };
}

/** Another session of somebody, begun so long ago. */
export async function openSessionOf(
  { deps, fresh }: OperationWorld,
  userId: string,
  id: string,
  begunMsAgo = 0,
): Promise<void> {
  const nowMs = Date.parse(deps.people.wall.now());
  const at = new Date(nowMs - begunMsAgo).toISOString();
  const times = { createdAt: at, lastSeenAt: at, expiresAt: new Date(nowMs + 3_600_000).toISOString() };
  const row = { id, userId, token: fresh('token'), ...times, openedBy: 'password' as const, device: '' };
  await deps.store.transaction((tx) => tx.signIns.insertSession({ ...row, secondFactorDue: false }, 20));
}

/** Makes somebody of a customer's account of its own. */
export async function customerPerson(world: OperationWorld): Promise<Person & Customer> {
  const { accountId } = await world.customer();
  return { ...(await person(world, 'customer', accountId)), accountId };
}

/** Sets up an authenticator app. @returns the recovery codes */
export async function setUpApp(world: OperationWorld, { actor, client }: Person): Promise<readonly string[]> {
  await client.beginTotp({ body: {} });
  const { recoveryCodes } = await client.confirmTotp({ body: { code: await codeOf(world, actor.userId) } });
  return recoveryCodes ?? [];
}

/** What the app shows; `stepsAhead` half minutes from now. */
export async function codeOf({ deps }: OperationWorld, userId: string, stepsAhead = 0): Promise<string> {
  const totp = await deps.store.transaction((tx) => tx.secondFactors.findTotp(userId));
  if (totp === null) throw new Error('there is no authenticator app');
  const now = Math.floor(Date.parse(deps.people.wall.now()) / 30_000);
  return totpCode(openTotp(deps, userId, totp.sealedSecret), now + stepsAhead);
}
