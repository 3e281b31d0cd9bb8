import type { LinkPurpose, PersonRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { query, queryInParts } from '../command/operation.ts';
import { type FlowRequest, inTransaction, type Step } from '../command/step.ts';
import { bucketOf } from './failures.ts';
import { rememberDevice } from './known-device.ts';
import { digestOf, putOneTime, takeOneTime } from './one-time.ts';
import { asPerson, originOf } from './open-session.ts';
import { requireGoodPassword } from './password-rules.ts';

const hourMs = 3_600_000;
const livesMs: Readonly<Record<LinkPurpose, number>> = { invitation: 72 * hourMs, reset: hourMs, unlock: hourMs };
const purposes = ['invitation', 'reset', 'unlock'] as const;

/** Makes a new link; earlier ones become invalid. @returns its address, with the secret after `#` */
export async function makeLink(step: Step, userId: string, purpose: LinkPurpose): Promise<string> {
  // Of several that are made at once the last one stays valid.
  await step.tx.people.lock(userId);
  // A link that unlocks sets no password: both may be under way.
  await step.tx.signIns.dropTokens(userId, purpose === 'unlock' ? ['unlock'] : ['invitation', 'reset']);
  const secret = await putOneTime(step, { purpose, userId, lifeMs: livesMs[purpose] });
  return `${step.deps.people.publicUrl?.replace(/\/+$/, '') ?? ''}/link#${secret}`;
}

/** What a link is for, before it is used; it stays good. */
export const openLink = query(
  { id: 'openLink', faults: ['auth.link_not_usable'] },
  async (step: Step<'auth.link_not_usable'>, { token }: { readonly token: string }) => {
    const { deps, tx, fault } = step;
    const found = await tx.signIns.findToken(digestOf(token), purposes, deps.people.wall.now());
    const person = found?.userId ? await tx.people.find(found.userId, deps.people.wall.now()) : null;
    if (found === null || person === null || person.disabledAt !== null) throw fault('auth.link_not_usable');
    const { login, displayName } = person;
    const purpose: LinkPurpose = purposes.find((one) => one === found.purpose) ?? 'invitation';
    return { purpose, login, displayName };
  },
);

interface LinkInput {
  readonly token: string;
  /** Left out for a link that unlocks. */
  readonly password?: string | undefined;
  /** The notes that the browser brought. */
  readonly devices: string | null;
}

/**
 * Uses a link, once: sets a password, upon which all sessions end, or unlocks. It signs nobody in: the person then signs in
 * like everybody, with the second factor where there is one. The browser is known from then on, so that failures of others
 * do not keep this person out of it.
 */
export const useLink = queryInParts(
  { id: 'useLink', faults: ['auth.link_not_usable', 'auth.too_many_attempts'] },
  async (
    request: FlowRequest<'auth.link_not_usable' | 'auth.too_many_attempts'>,
    { token, password, devices }: LinkInput,
  ) => {
    const { deps, actor } = request;
    const now = deps.people.wall.now();
    const personOf = async ({ tx, fault }: Step<'auth.link_not_usable'>, userId: string | null | undefined) => {
      const person = userId ? await tx.people.find(userId, now) : null;
      if (person === null || person.disabledAt !== null) throw fault('auth.link_not_usable');
      return person;
    };
    const { person, sets } = await inTransaction(request, async (step) => {
      const link = await step.tx.signIns.findToken(digestOf(token), purposes, now);
      const found = await personOf(step, link?.userId);
      const isUnlock = link?.purpose === 'unlock';
      if (!isUnlock) requireGoodPassword(step, password ?? '', found);
      return { person: found, sets: isUnlock ? null : (password ?? '') };
    });
    const turn = { address: originOf(actor).network, login: person.login };
    const hash = sets === null ? null : await deps.people.passwords.hash(sets, turn);
    await inTransaction(request, async (step) => {
      const taken = await takeOneTime(step, token, purposes);
      const { id } = await personOf(step, taken?.userId);
      if (hash !== null) await setPasswordOf(asPerson(step, person), id, hash, taken?.purpose ?? '');
      else await recordAudit(asPerson(step, person), 'UnlockLinkUsed', { kind: 'person', id });
    });
    return { login: person.login, device: rememberDevice(deps, person.id, devices) };
  },
);

/** Sets a hash, ends all sessions and links, and records it in the audit. */
export async function setPasswordOf(step: Step, userId: string, hash: string, by: string): Promise<void> {
  const { deps, tx } = step;
  await tx.people.putPassword(userId, hash, deps.ids.next('crd'), deps.people.wall.now());
  await tx.signIns.dropTokens(userId, purposes);
  const ended = await tx.signIns.endSessions(userId, by === 'own' ? originOf(step.actor).sessionId : null);
  await recordAudit(step, 'PasswordChanged', { kind: 'person', id: userId }, { by, sessionsEnded: ended });
}

/** So many of one address within so many seconds. */
const resets = { limit: 20, windowSeconds: 3600 };
/** Between two mails to one person. */
const betweenMailsMs = 5 * 60_000;

/**
 * Asks for a link by mail. The answer is the same whether there is such a person or not, and the mail is sent by the
 * worker: the response time reveals nothing either.
 */
export const requestPasswordReset = queryInParts(
  { id: 'requestPasswordReset', faults: ['auth.too_many_attempts'] },
  async (request: FlowRequest<'auth.too_many_attempts'>, input: { readonly login: string }) => {
    const { deps, actor } = request;
    const now = deps.people.wall.now();
    const key = bucketOf(deps, 'reset', originOf(actor).network, resets.windowSeconds);
    const count = await inTransaction(request, async ({ tx }) => {
      const [known = 0] = await tx.signIns.addFailures([key], Date.parse(now));
      return known;
    });
    if (count > resets.limit) throw request.fault('auth.too_many_attempts', { retryAfterSeconds: 600 });
    await inTransaction(request, async ({ tx }) => {
      const person = await tx.people.findByLogin(input.login.trim().toLowerCase(), now);
      const notSince = new Date(Date.parse(now) - betweenMailsMs).toISOString();
      await tx.people.askForMail(canReset(person) ? person.id : '', 'reset', now, notSince);
    });
    return { accepted: true as const };
  },
);

const canReset = (person: PersonRow | null): person is PersonRow => person !== null && person.hasPassword;
