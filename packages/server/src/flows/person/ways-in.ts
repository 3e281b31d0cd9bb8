import type { LinkPurpose, PersonRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import type { Step } from '../command/step.ts';
import { makeLink } from './links.ts';

/** Mails a link where there is an address and a mail server. @returns the link where there is none, to be shown once */
export async function mailOrMakeLink(step: Step, person: PersonRow, purpose: LinkPurpose): Promise<string | null> {
  const { deps, tx, actor } = step;
  const now = deps.people.wall.now();
  if (deps.notifier.enabled && person.sealedMail !== null) {
    await tx.people.askForMail(person.id, purpose, now, now);
    return null;
  }
  const by = actor.role === 'customer' ? 'owner' : 'operator';
  await recordAudit(step, 'PersonLinkMade', { kind: 'person', id: person.id }, { purpose, by });
  return makeLink(step, person.id, purpose);
}

/** Everything that opens something for this person ends: sessions, links, keys that the person made. */
export async function endAccessOf(
  { deps, tx }: Step,
  { id }: PersonRow,
): Promise<{ readonly sessions: number; readonly apiKeys: number }> {
  await tx.people.lock(id);
  await tx.signIns.dropTokens(id, ['invitation', 'reset', 'unlock', 'ticket', 'passkey_add']);
  const sessions = await tx.signIns.endSessions(id, null);
  const apiKeys = (await tx.people.revokeKeysOf(id, deps.clock.now())).length;
  return { sessions, apiKeys };
}

/** Somebody who was made in this very step. @throws Fault `auth.required` when the person is gone meanwhile */
export async function requireJust({ deps, tx, fault }: Step, id: string): Promise<PersonRow> {
  const person = await tx.people.find(id, deps.people.wall.now());
  if (person === null) throw fault('auth.required');
  return person;
}
