import { z } from 'zod';
import type { PersonRow, WebAuthnJson } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { type CommandRequest, onceForKeyPresenting } from '../command/once-for-key.ts';
import { command, commandInParts, keylessCommand } from '../command/operation.ts';
import { inTransaction, type Step } from '../command/step.ts';
import { bucketOf } from './failures.ts';
import { digestOf, putOneTime } from './one-time.ts';
import { requireFreshSession } from './open-session.ts';
import { ownPerson } from './own-access.ts';
import { makeRecoveryCodesOf, renewRecoveryCodesOf } from './recovery-codes.ts';
import { policyOf } from './second-factor.ts';
import { base32, openTotp, sealTotp, secretBytes, stepOfCode } from './totp.ts';

/** A new secret for an authenticator app, to be confirmed by one code. Asked again, the one before is forgotten. */
export const beginTotp = keylessCommand(
  { id: 'beginTotp', faults: ['auth.sign_in_again', 'object.changed'] },
  async (step: Step<'auth.sign_in_again' | 'object.changed'>) => {
    await requireFreshSession(step);
    const { deps, tx, fault } = step;
    const person = await ownPerson(step);
    const secret = deps.ids.randomBytes(secretBytes);
    const isPut = await tx.secondFactors.putTotp(person.id, sealTotp(deps, person.id, secret), deps.people.wall.now());
    if (!isPut) throw fault('object.changed');
    const text = base32(secret);
    const label = `${encodeURIComponent(deps.people.issuer)}:${encodeURIComponent(person.login)}`;
    const about = new URLSearchParams({ secret: text, issuer: deps.people.issuer });
    return { secret: text, uri: `otpauth://totp/${label}?${about.toString().replaceAll('+', '%20')}` };
  },
);

type ConfirmFaults = 'auth.sign_in_again' | 'auth.wrong_second_factor' | 'auth.too_many_attempts' | 'object.changed';
const tries = { limit: 10, windowSeconds: 900 };

/** The first code: from now on the app is asked for. Answers with recovery codes, which are shown this once. */
export const confirmTotp = commandInParts(
  {
    id: 'confirmTotp',
    faults: ['auth.sign_in_again', 'auth.wrong_second_factor', 'auth.too_many_attempts', 'object.changed'],
  },
  async (request: CommandRequest<ConfirmFaults>, { code }: { readonly code: string }) => {
    const { deps, actor } = request;
    const nowMs = Date.parse(deps.people.wall.now());
    const key = bucketOf(deps, 'confirm', actor.userId, tries.windowSeconds);
    const step30 = await inTransaction(request, async (step) => {
      await requireFreshSession(step);
      const [count = 0] = await step.tx.signIns.countFailures([key], nowMs);
      const retryAfterSeconds = tries.windowSeconds;
      if (count >= tries.limit) throw step.fault('auth.too_many_attempts', { retryAfterSeconds });
      const totp = await step.tx.secondFactors.findTotp(actor.userId);
      if (totp === null) throw step.fault('object.changed');
      const secret = openTotp(deps, actor.userId, totp.sealedSecret);
      return stepOfCode(secret, code.replace(/\s/g, ''), nowMs);
    });
    if (step30 === null) {
      await inTransaction(request, ({ tx }) => tx.signIns.addFailures([key], nowMs));
      throw request.fault('auth.wrong_second_factor');
    }
    let recoveryCodes: string[] | null = null;
    return onceForKeyPresenting(
      request,
      { code },
      async (step) => {
        const { tx, fault } = step;
        if (!(await tx.secondFactors.confirmTotp(actor.userId, step30, deps.people.wall.now()))) {
          throw fault('object.changed');
        }
        recoveryCodes = await makeRecoveryCodesOf(step, actor.userId);
        await tx.signIns.liftSecondFactorDue(actor.userId);
        await recordAudit(step, 'SecondFactorAdded', { kind: 'person', id: actor.userId }, { kind: 'totp' });
        return {};
      },
      { stored: z.object({}), present: async () => ({ recoveryCodes }) },
    );
  },
);

type RemoveFaults = 'auth.sign_in_again' | 'object.not_found' | 'person.second_factor_needed';
const removeFaults = ['auth.sign_in_again', 'object.not_found', 'person.second_factor_needed'] as const;

/** Removes a factor; refused when the policy requires one and this is the last. */
async function requireAnother(step: Step<RemoveFaults>, left: (person: PersonRow) => number): Promise<PersonRow> {
  await requireFreshSession(step);
  const person = await ownPerson(step);
  if (policyOf(step.deps, person.role).secondFactor === 'required' && left(person) <= 0) {
    throw step.fault('person.second_factor_needed');
  }
  return person;
}

export const removeTotp = command({ id: 'removeTotp', faults: removeFaults }, async (step: Step<RemoveFaults>) => {
  const { tx, fault } = step;
  const { id } = await requireAnother(step, ({ passkeys }) => passkeys);
  if (!(await tx.secondFactors.deleteTotp(id))) throw fault('object.not_found');
  await tx.secondFactors.putRecoveryCodes(id, []);
  await recordAudit(step, 'SecondFactorRemoved', { kind: 'person', id }, { kind: 'totp' });
  return { removed: true as const };
});

const renewFaults = ['auth.sign_in_again', 'object.changed', 'object.not_found'] as const;

/** Makes new recovery codes, shown once; the earlier ones become invalid. */
export const renewRecoveryCodes = commandInParts(
  { id: 'renewRecoveryCodes', faults: renewFaults },
  (request: CommandRequest<(typeof renewFaults)[number]>) => {
    let recoveryCodes: string[] | null = null;
    return onceForKeyPresenting(
      request,
      {},
      async (step) => {
        await requireFreshSession(step);
        const { id, hasTotp } = await ownPerson(step);
        if (!hasTotp) throw step.fault('object.not_found');
        recoveryCodes = await renewRecoveryCodesOf(step, id);
        await recordAudit(step, 'RecoveryCodesMade', { kind: 'person', id });
        return {};
      },
      { stored: z.object({}), present: async () => ({ recoveryCodes }) },
    );
  },
);

const challengeMs = 5 * 60_000;

export const beginPasskey = keylessCommand(
  { id: 'beginPasskey', faults: ['auth.sign_in_again'] },
  async (step: Step<'auth.sign_in_again'>) => {
    await requireFreshSession(step);
    const { deps, tx } = step;
    const { id, login, displayName } = await ownPerson(step);
    const challenge = await putOneTime(step, { purpose: 'passkey_add', userId: id, lifeMs: challengeMs });
    const known = await tx.secondFactors.listPasskeys(id);
    return {
      options: await deps.people.passkeys.creationOptions({ userId: id, login, displayName, challenge, known }),
    };
  },
);

const addFaults = ['auth.sign_in_again', 'auth.passkey_refused'] as const;

/** Adds a passkey that the device made for this challenge. */
export const addPasskey = commandInParts(
  { id: 'addPasskey', faults: addFaults },
  async (
    request: CommandRequest<(typeof addFaults)[number]>,
    input: { readonly name: string; readonly response: WebAuthnJson },
  ) => {
    const { deps, actor, fault } = request;
    const { passkeys, wall } = deps.people;
    const challenge = passkeys.challengeOf(input.response);
    if (challenge === null) throw fault('auth.passkey_refused');
    const made = await passkeys.verifyCreation(input.response, challenge);
    if (made === null) throw fault('auth.passkey_refused');
    return onceForKeyPresenting(
      request,
      { name: input.name, credentialId: made.credentialId },
      async (step) => {
        await requireFreshSession(step);
        const { tx } = step;
        const taken = await tx.signIns.takeToken(digestOf(challenge), ['passkey_add'], wall.now());
        if (taken === null || taken.userId !== actor.userId) throw step.fault('auth.passkey_refused');
        const id = deps.ids.next('psk');
        const row = { ...made, id, userId: actor.userId, name: input.name, madeAt: wall.now(), lastUsedAt: null };
        if (!(await tx.secondFactors.insertPasskey(row))) throw step.fault('auth.passkey_refused');
        await tx.signIns.liftSecondFactorDue(actor.userId);
        await recordAudit(step, 'SecondFactorAdded', { kind: 'person', id: actor.userId }, { kind: 'passkey' });
        return { id };
      },
      { stored: z.object({ id: z.string() }), present: async (_, stored) => stored },
    );
  },
);

export const removePasskey = command(
  { id: 'removePasskey', faults: removeFaults },
  async (step: Step<RemoveFaults>, { passkeyId }: { readonly passkeyId: string }) => {
    const { tx, fault } = step;
    const { id } = await requireAnother(step, ({ passkeys, hasTotp }) => passkeys - 1 + (hasTotp ? 1 : 0));
    if (!(await tx.secondFactors.deletePasskey(id, passkeyId))) throw fault('object.not_found');
    await recordAudit(step, 'SecondFactorRemoved', { kind: 'person', id }, { kind: 'passkey' });
    return { removed: true as const };
  },
);
