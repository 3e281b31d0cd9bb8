import { z } from 'zod';
import type { PersonRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { type CommandRequest, onceForKeyPresenting } from '../command/once-for-key.ts';
import { command, commandInParts, query } from '../command/operation.ts';
import { inTransaction, type Step } from '../command/step.ts';
import { bucketOf } from './failures.ts';
import { setPasswordOf } from './links.ts';
import { originOf, requireFreshSession } from './open-session.ts';
import { requireGoodPassword } from './password-rules.ts';
import { mailOf, sealMail, sessionViewOf } from './person-view.ts';
import { policyOf } from './second-factor.ts';

/** Whoever is signed in. @throws Fault `auth.required` when the person is gone meanwhile */
export async function ownPerson({ deps, tx, actor, fault }: Step): Promise<PersonRow> {
  const person = await tx.people.find(actor.userId, deps.people.wall.now());
  if (person === null) throw fault('auth.required');
  return person;
}

async function viewOf(step: Step) {
  const { deps, tx } = step;
  const person = await ownPerson(step);
  const passkeys = await tx.secondFactors.listPasskeys(person.id);
  const policy = policyOf(deps, person.role);
  return {
    login: person.login,
    displayName: person.displayName,
    hasPassword: person.hasPassword,
    mail: person.sealedMail === null ? null : mailOf(deps, person.id, person.sealedMail),
    mailEnabled: deps.notifier.enabled,
    totp: person.hasTotp,
    recoveryCodes: person.recoveryCodes,
    passkeys: passkeys.map(({ id, name, madeAt, lastUsedAt }) => ({ id, name, madeAt, lastUsedAt })),
    secondFactorRequired: policy.secondFactor === 'required',
    idleMinutes: Math.round(policy.idleMs / 60_000),
    absoluteHours: Math.round(policy.absoluteMs / 3_600_000),
  };
}

/** How the caller signs in, and what the policy requires. */
export const getOwnAccess = query({ id: 'getOwnAccess', faults: [] }, (step: Step) => viewOf(step));

const tries = { limit: 10, windowSeconds: 900 };
type PasswordFaults = 'auth.wrong_credentials' | 'auth.too_many_attempts';

/** Changes the caller's password after checking the current one; all other sessions end. */
export const changeOwnPassword = commandInParts(
  { id: 'changeOwnPassword', faults: ['auth.wrong_credentials', 'auth.too_many_attempts'] },
  async (
    request: CommandRequest<PasswordFaults>,
    input: { readonly current: string; readonly password: string },
  ): Promise<{ changed: true }> => {
    const { deps, actor } = request;
    const nowMs = Date.parse(deps.people.wall.now());
    const key = bucketOf(deps, 'own', actor.userId, tries.windowSeconds);
    const own = { actorId: actor.userId, operation: request.operation, key: request.idempotencyKey };
    const { person, hash, isAnswered } = await inTransaction(request, async (step) => {
      const isAnswered = (await step.tx.idempotency.find(own, z.unknown())) !== null;
      // Counted before it is looked at: of many that come at once no more are looked at than of one after another.
      const [count = 0] = await step.tx.signIns.addFailures([key], nowMs);
      const retryAfterSeconds = tries.windowSeconds;
      if (count > tries.limit) throw step.fault('auth.too_many_attempts', { retryAfterSeconds });
      const found = await ownPerson(step);
      requireGoodPassword(step, input.password, found);
      return { person: found, hash: await step.tx.people.findPassword(found.id), isAnswered };
    });
    const turn = { address: originOf(actor).network, login: person.login };
    // The answer was lost: the password is the new one already. Under the key of another change it is not.
    if (isAnswered) {
      if (await deps.people.passwords.verify(hash, input.password, turn)) return { changed: true };
      throw request.fault('idempotency.key_reused');
    }
    if (!(await deps.people.passwords.verify(hash, input.current, turn))) throw request.fault('auth.wrong_credentials');
    const fresh = await deps.people.passwords.hash(input.password, turn);
    return onceForKeyPresenting(
      request,
      // Neither password goes into a hash that outlives the request.
      { userId: actor.userId },
      async (step) => {
        // Of two changes at once, or a change and a link, the one that comes second has a former password.
        if ((await step.tx.people.lockPassword(person.id)) !== hash) throw step.fault('auth.wrong_credentials');
        await setPasswordOf(step, person.id, fresh, 'own');
        await step.tx.signIns.forgetFailures([key]);
        return { changed: true as const };
      },
      { stored: z.object({ changed: z.literal(true) }), present: async (_, stored) => stored },
    );
  },
);

/** Where the caller's links are mailed to; null for nowhere. */
export const putOwnMail = commandInParts(
  { id: 'putOwnMail', faults: ['auth.sign_in_again'] },
  (request: CommandRequest<'auth.sign_in_again'>, input: { readonly mail: string | null }) =>
    onceForKeyPresenting(
      request,
      input,
      async (step) => {
        await requireFreshSession(step);
        const { deps, tx, actor } = step;
        const sealedMail = sealMail(deps, actor.userId, input.mail);
        await tx.people.update(actor.userId, { sealedMail }, deps.people.wall.now());
        await recordAudit(step, 'PersonMailSet', { kind: 'person', id: actor.userId }, { set: input.mail !== null });
        return {};
      },
      { stored: z.object({}), present: (step) => viewOf(step) },
    ),
);

export const listOwnSessions = query({ id: 'listOwnSessions', faults: [] }, async (step: Step) => {
  const { deps, tx, actor } = step;
  const rows = await tx.signIns.listSessions(actor.userId, deps.people.wall.now());
  return { sessions: rows.map((row) => sessionViewOf(row, originOf(actor).sessionId)) };
});

export const endOwnSession = command(
  { id: 'endOwnSession', faults: ['object.not_found'] },
  async (step: Step<'object.not_found'>, { sessionId }: { readonly sessionId: string }) => {
    const { tx, actor, fault } = step;
    if (!(await tx.signIns.endSession(actor.userId, sessionId))) throw fault('object.not_found');
    await recordAudit(
      step,
      'SessionsEnded',
      { kind: 'person', id: actor.userId },
      { ended: 1, by: 'own', session: sessionId },
    );
    return { ended: 1 };
  },
);

/** All but the caller's own. */
export const endOtherSessions = command({ id: 'endOtherSessions', faults: [] }, async (step: Step) => {
  const { tx, actor } = step;
  const ended = await tx.signIns.endSessions(actor.userId, originOf(actor).sessionId);
  await recordAudit(step, 'SessionsEnded', { kind: 'person', id: actor.userId }, { ended, by: 'own' });
  return { ended };
});
