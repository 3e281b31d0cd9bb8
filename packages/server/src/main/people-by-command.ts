import { randomUUID } from 'node:crypto';
import { operations } from '@openbeian/contract';
import { Fault, placesOf } from '@openbeian/model/fault';
import { worker } from '../flows/command/actors.ts';
import type { Deployment } from './deployment.ts';

type Opened = Pick<Deployment, 'deps' | 'flows' | 'config'>;

/** Who may type commands on the server's own machine acts as the system; nobody has to have signed in before. */
const call = () => ({ actor: worker, idempotencyKey: randomUUID() });

interface Invited {
  readonly login: string;
  readonly role: string;
  readonly displayName: string;
  /** Null for staff. */
  readonly accountId: string | null;
  readonly mail: string | null;
}

/**
 * Invites somebody, such as the first operator of a new deployment, who sets a password by the link.
 * @returns the one-time link; null where the worker mails it
 * @throws Fault `input.invalid`, `person.login_taken`
 */
export async function invitePersonByCommand({ flows, config }: Opened, given: Invited): Promise<string | null> {
  const input = operations.invitePerson.body.safeParse(given);
  if (!input.success) throw new Fault('input.invalid', { places: placesOf(input.error) });
  const { link } = await flows.invitePerson(call(), input.data);
  return wholeLink(config, link);
}

/**
 * A new link for somebody who cannot sign in any more; with `secondFactor`, the factors are removed, too.
 * @returns as `invitePersonByCommand`
 * @throws Fault `object.not_found` for an unknown login, `object.changed` for somebody who is disabled or signs in elsewhere
 */
export async function resetPersonByCommand(
  { deps, flows, config }: Opened,
  login: string,
  { secondFactor }: { readonly secondFactor: boolean },
): Promise<string | null> {
  const now = deps.people.wall.now();
  const person = await deps.store.transaction((tx) => tx.people.findByLogin(login.trim().toLowerCase(), now));
  if (person === null) throw new Fault('object.not_found');
  if (secondFactor) await flows.resetSecondFactor(call(), { personId: person.id });
  const { link } = await flows.createPersonLink(call(), { personId: person.id });
  return wholeLink(config, link);
}

/** Without a public address links begin with the path. */
function wholeLink({ http }: Opened['config'], link: string | null): string | null {
  return link?.startsWith('/') === true ? `http://localhost:${http.port}${link}` : link;
}
