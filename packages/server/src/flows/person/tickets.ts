import { recordAudit } from '../command/audit.ts';
import { query, queryInParts } from '../command/operation.ts';
import { type FlowRequest, inTransaction, type Step } from '../command/step.ts';
import { joinCustomer } from './join-customer.ts';
import { digestOf, putOneTime, takeOneTime, wallAfter } from './one-time.ts';
import { openSession, type SignedIn } from './open-session.ts';

const lifeMs = 60_000;

interface TicketInput {
  readonly account: { readonly id: string; readonly displayName: string; readonly realName: string };
  readonly person: { readonly id: string; readonly displayName: string };
}

/** A link that signs one of the provider's customers in, once, within a minute. The portal vouches for account and person. */
export const createSignInTicket = queryInParts(
  { id: 'createSignInTicket', faults: ['auth.person_disabled'] },
  (request: FlowRequest<'auth.person_disabled'>, { account, person }: TicketInput) =>
    inTransaction(request, async (step) => {
      const { deps, tx, at } = step;
      await tx.accounts.put(account, at);
      const known = await joinCustomer(step, {
        accountId: account.id,
        identity: { provider: 'portal', subject: `${account.id}\n${person.id}` },
        displayName: person.displayName,
      });
      if (known.disabledAt !== null) throw step.fault('auth.person_disabled');
      const ticket = await putOneTime(step, { purpose: 'ticket', userId: known.id, lifeMs });
      await recordAudit(step, 'TicketIssued', { kind: 'person', id: known.id }, { accountId: account.id });
      const base = deps.people.publicUrl?.replace(/\/+$/, '') ?? '';
      // After `#`, which browsers send to nobody: not into logs, not on to other pages.
      return { ticket, url: `${base}/ticket#${ticket}`, expiresAt: wallAfter(deps, lifeMs) };
    }),
);

/** Whose ticket it is. It stays good: the person confirms before it signs in, so that nobody is signed in unnoticed. */
export const openTicket = query(
  { id: 'openTicket', faults: ['auth.link_not_usable'] },
  async ({ deps, tx, fault }: Step<'auth.link_not_usable'>, { ticket }: { readonly ticket: string }) => {
    const now = deps.people.wall.now();
    const found = await tx.signIns.findToken(digestOf(ticket), ['ticket'], now);
    const person = found?.userId ? await tx.people.find(found.userId, now) : null;
    const account = person?.accountId ? await tx.accounts.find(person.accountId) : null;
    if (found === null || person === null || account === null) throw fault('auth.link_not_usable');
    const { displayName } = person;
    const { id: accountId, displayName: accountName, realName } = account;
    return { displayName, accountId, accountName, realName, expiresAt: found.expiresAt };
  },
);

const faults = ['auth.link_not_usable', 'auth.person_disabled'] as const;

/** Signs in by ticket; of several who try at once one gets in. */
export const signInWithTicket = queryInParts(
  { id: 'signInWithTicket', faults },
  (
    request: FlowRequest<(typeof faults)[number]>,
    input: { readonly ticket: string; readonly devices: string | null },
  ): Promise<SignedIn> =>
    inTransaction(request, async (step) => {
      const { deps, tx, fault } = step;
      const taken = await takeOneTime(step, input.ticket, ['ticket']);
      const person = taken?.userId ? await tx.people.find(taken.userId, deps.people.wall.now()) : null;
      if (person === null) throw fault('auth.link_not_usable');
      return openSession(step, person, { by: 'ticket', isStrong: true, devices: input.devices });
    }),
);
