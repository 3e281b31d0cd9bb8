import { createHash } from 'node:crypto';
import type { OutsideIdentity, PersonRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import type { Step } from '../command/step.ts';

interface Joining {
  readonly accountId: string;
  /** Who it is at the portal or the single sign-on; account by account. */
  readonly identity: OutsideIdentity;
  readonly displayName: string;
}

/** Somebody of a customer's whom the provider vouches for: the same person each time, with the newest name. */
export async function joinCustomer(step: Step, { accountId, identity, displayName }: Joining): Promise<PersonRow> {
  const { deps, tx } = step;
  const now = deps.people.wall.now();
  const known = await tx.people.findByIdentity(identity, now);
  if (known !== null) {
    if (known.displayName === displayName) return known;
    await tx.people.update(known.id, { displayName }, now);
    return { ...known, displayName };
  }
  const id = deps.ids.next('usr');
  // Nobody types it: these people come from the provider only. `~` is in no login that somebody chooses.
  const digest = createHash('sha256').update(identity.subject).digest('hex').slice(0, 32);
  const login = `${identity.provider}~${digest}`;
  const person = { id, login, displayName, role: 'customer' as const, accountId, sealedMail: null };
  if (!(await tx.people.insert(person, now))) throw new Error(`${login} exists without its identity`);
  await tx.people.addIdentity(id, identity, deps.ids.next('crd'), now);
  await recordAudit(step, 'PersonJoined', { kind: 'person', id }, { accountId, by: identity.provider });
  const made = await tx.people.find(id, now);
  if (made === null) throw new Error(`person ${id} is gone in the transaction that made it`);
  return made;
}
