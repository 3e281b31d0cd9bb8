import { createHash } from 'node:crypto';
import type { OidcBinding, OidcPerson, PersonRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { queryInParts } from '../command/operation.ts';
import { type FlowRequest, inTransaction, type Step } from '../command/step.ts';
import { claimChallenge, isChallenge, newChallenge } from './one-time.ts';
import { openSession, type SignedIn } from './open-session.ts';

const lifeMs = 10 * 60_000;

/** Everything that one round through the provider is bound to, made from the one secret that this browser keeps. */
function bindingOf(secret: string): OidcBinding {
  const part = (name: string) => createHash('sha256').update(`${name}\n${secret}`).digest('base64url');
  return { state: part('state'), nonce: part('nonce'), codeVerifier: part('verifier') };
}

/** Where the browser goes to sign in at the provider, and the secret that it keeps meanwhile. */
export const beginOidcSignIn = queryInParts(
  { id: 'beginOidcSignIn', faults: ['auth.provider_refused', 'auth.provider_unreachable'] },
  async (request: FlowRequest<'auth.provider_refused' | 'auth.provider_unreachable'>) => {
    const { oidc } = request.deps.people;
    if (oidc === null) throw request.fault('auth.provider_refused');
    const secret = newChallenge(request.deps, 'oidc', lifeMs);
    return { url: await oidc.begin(bindingOf(secret)), secret };
  },
);

const faults = ['auth.provider_refused', 'auth.provider_unreachable', 'auth.person_disabled'] as const;
type Faults = (typeof faults)[number];

/** Signs in whom the provider sends back. Only staff with a role there; the role follows the provider at each sign-in. */
export const signInWithOidc = queryInParts(
  { id: 'signInWithOidc', faults },
  async (
    request: FlowRequest<Faults>,
    input: { readonly query: string; readonly secret: string | null; readonly devices: string | null },
  ): Promise<SignedIn> => {
    const { oidc } = request.deps.people;
    const { secret } = input;
    if (oidc === null || secret === null || !isChallenge(request.deps, 'oidc', secret)) {
      throw request.fault('auth.provider_refused');
    }
    const found = await oidc.finish(input.query, bindingOf(secret));
    return inTransaction(request, async (step) => {
      if (!(await claimChallenge(step, 'oidc', secret))) throw step.fault('auth.provider_refused');
      const person = await personOf(step, found);
      const isStrong = step.deps.people.oidcIsSecondFactor;
      return openSession(step, person, { by: 'oidc', isStrong, devices: input.devices });
    });
  },
);

async function personOf(step: Step<Faults>, { subject, login, displayName, role }: OidcPerson): Promise<PersonRow> {
  const { deps, tx, fault } = step;
  const now = deps.people.wall.now();
  const identity = { provider: 'oidc' as const, subject };
  const known = await tx.people.findByIdentity(identity, now);
  if (role === null) throw fault('auth.provider_refused');
  if (known !== null) {
    const name = displayName ?? known.displayName;
    if (known.role === role && known.displayName === name) return known;
    await tx.people.update(known.id, { displayName: name, role }, now);
    if (known.role !== role) {
      const about = { from: known.role, to: role, by: 'oidc' };
      await recordAudit(step, 'PersonRoleChanged', { kind: 'person', id: known.id }, about);
    }
    return { ...known, role, displayName: name };
  }
  // Never somebody who is known by a password here: a login that the provider names proves nothing about that person.
  const id = deps.ids.next('usr');
  const person = { id, login: login ?? '', displayName: displayName ?? login ?? '', role, accountId: null };
  if (login === null || !(await tx.people.insert({ ...person, sealedMail: null }, now))) {
    throw fault('auth.provider_refused');
  }
  await tx.people.addIdentity(id, identity, deps.ids.next('crd'), now);
  await recordAudit(step, 'PersonJoined', { kind: 'person', id }, { role, by: 'oidc' });
  const made = await tx.people.find(id, now);
  if (made === null) throw new Error(`person ${id} is gone in the transaction that made it`);
  return made;
}
