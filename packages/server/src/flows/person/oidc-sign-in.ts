import { createHash } from 'node:crypto';
import type { OidcBinding, OidcCustomer, OidcPerson, PersonRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { queryInParts } from '../command/operation.ts';
import { type FlowRequest, inTransaction, type Step } from '../command/step.ts';
import { joinCustomer } from './join-customer.ts';
import { claimChallenge, isChallenge, newChallenge } from './one-time.ts';
import { openSession, type SignedIn } from './open-session.ts';

const lifeMs = 10 * 60_000;

/** Whose single sign-on; staff's unless said. */
type Side = 'staff' | 'customers';

/** Everything that one round through the provider is bound to, made from the one secret that this browser keeps. */
function bindingOf(secret: string, side: Side): OidcBinding {
  const part = (name: string) => createHash('sha256').update(`${side} ${name}\n${secret}`).digest('base64url');
  return { state: part('state'), nonce: part('nonce'), codeVerifier: part('verifier') };
}

interface RoundInput {
  readonly side?: Side;
}

/** Where the browser goes to sign in at the provider, and the secret that it keeps meanwhile. */
export const beginOidcSignIn = queryInParts(
  { id: 'beginOidcSignIn', faults: ['auth.provider_refused', 'auth.provider_unreachable'] },
  async (
    request: FlowRequest<'auth.provider_refused' | 'auth.provider_unreachable'>,
    { side = 'staff' }: RoundInput,
  ) => {
    const { people } = request.deps;
    const oidc = side === 'staff' ? people.oidc : people.customerOidc;
    if (oidc === null) throw request.fault('auth.provider_refused');
    const secret = newChallenge(request.deps, 'oidc', lifeMs);
    return { url: await oidc.begin(bindingOf(secret, side)), secret };
  },
);

const faults = ['auth.provider_refused', 'auth.provider_unreachable', 'auth.person_disabled'] as const;
type Faults = (typeof faults)[number];

interface FinishInput extends RoundInput {
  readonly query: string;
  /** What this browser kept since the round began. */
  readonly secret: string | null;
  readonly devices: string | null;
}

/**
 * Signs in whom the provider sends back: staff with a role there, which follows the provider at each sign-in, or somebody of
 * the account that the provider names.
 */
export const signInWithOidc = queryInParts(
  { id: 'signInWithOidc', faults },
  async (request: FlowRequest<Faults>, input: FinishInput): Promise<SignedIn> => {
    const { secret, side = 'staff' } = input;
    if (secret === null || !isChallenge(request.deps, 'oidc', secret)) throw request.fault('auth.provider_refused');
    const found = await whoCame(request, input.query, { side, secret });
    return inTransaction(request, async (step) => {
      if (!(await claimChallenge(step, 'oidc', secret))) throw step.fault('auth.provider_refused');
      const person = await found(step);
      const { oidcIsSecondFactor, customerOidcIsSecondFactor } = step.deps.people;
      const isStrong = side === 'staff' ? oidcIsSecondFactor : customerOidcIsSecondFactor;
      return openSession(step, person, { by: 'oidc', isStrong, devices: input.devices });
    });
  },
);

/** Asks the provider; the person is then found, or added, in the transaction of the sign-in. */
async function whoCame(
  request: FlowRequest<Faults>,
  query: string,
  { side, secret }: { readonly side: Side; readonly secret: string },
): Promise<(step: Step<Faults>) => Promise<PersonRow>> {
  const { oidc, customerOidc } = request.deps.people;
  const binding = bindingOf(secret, side);
  if (side === 'staff' && oidc !== null) {
    const found = await oidc.finish(query, binding);
    return (step) => personOf(step, found);
  }
  if (side === 'customers' && customerOidc !== null) {
    const found = await customerOidc.finish(query, binding);
    return (step) => customerOf(step, found);
  }
  throw request.fault('auth.provider_refused');
}

/** The account follows the provider: its name and real-name state where the claims have them. */
async function customerOf(step: Step<Faults>, found: OidcCustomer): Promise<PersonRow> {
  const { tx, at, fault } = step;
  const { accountId, subject } = found;
  if (accountId === null) throw fault('auth.provider_refused');
  const known = await tx.accounts.find(accountId);
  const realName = found.realName ?? known?.realName ?? 'none';
  await tx.accounts.put({ id: accountId, realName, displayName: found.accountName ?? '' }, at);
  // Apart from staff of the same provider, and account by account.
  const identity = { provider: 'oidc' as const, subject: `customer\n${accountId}\n${subject}` };
  return joinCustomer(step, { accountId, identity, displayName: found.displayName ?? accountId });
}

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
    // Added meanwhile by the same person in another tab.
    const same = await tx.people.findByIdentity(identity, now);
    if (same !== null) return same;
    throw fault('auth.provider_refused');
  }
  await tx.people.addIdentity(id, identity, deps.ids.next('crd'), now);
  await recordAudit(step, 'PersonJoined', { kind: 'person', id }, { role, by: 'oidc' });
  const made = await tx.people.find(id, now);
  if (made === null) throw new Error(`person ${id} is gone in the transaction that made it`);
  return made;
}
