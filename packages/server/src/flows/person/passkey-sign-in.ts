import type { WebAuthnJson } from '../../ports/index.ts';
import { queryInParts } from '../command/operation.ts';
import { type FlowRequest, inTransaction } from '../command/step.ts';
import { claimChallenge, isChallenge, newChallenge } from './one-time.ts';
import { openSession, type SignedIn } from './open-session.ts';

const lifeMs = 5 * 60_000;

/** A challenge for any passkey of this site: who it is comes with the answer, so nobody is asked for a login. */
export const beginPasskeySignIn = queryInParts(
  { id: 'beginPasskeySignIn', faults: [] },
  async ({ deps }: FlowRequest) => {
    const options = await deps.people.passkeys.requestOptions(newChallenge(deps, 'passkey_sign_in', lifeMs));
    return { options };
  },
);

const faults = ['auth.passkey_refused', 'auth.person_disabled'] as const;
type Faults = (typeof faults)[number];

/** Signs in by passkey, which the device gives only to its verified owner: both factors at once. */
export const signInWithPasskey = queryInParts(
  { id: 'signInWithPasskey', faults },
  async (
    request: FlowRequest<Faults>,
    input: { readonly response: WebAuthnJson; readonly devices: string | null },
  ): Promise<SignedIn> => {
    const { deps } = request;
    const { passkeys, wall } = deps.people;
    const challenge = passkeys.challengeOf(input.response);
    const credentialId = typeof input.response['id'] === 'string' ? input.response['id'] : '';
    if (challenge === null || !isChallenge(deps, 'passkey_sign_in', challenge))
      throw request.fault('auth.passkey_refused');
    const passkey = await inTransaction(request, ({ tx }) => tx.secondFactors.findPasskey(credentialId));
    const counter = passkey === null ? null : await passkeys.verifyUse(input.response, challenge, passkey);
    if (passkey === null || counter === null) throw request.fault('auth.passkey_refused');
    return inTransaction(request, async (step) => {
      const { tx, fault } = step;
      const isClaimed = await claimChallenge(step, 'passkey_sign_in', challenge);
      const person = await tx.people.find(passkey.userId, wall.now());
      const isUsed = await tx.secondFactors.usePasskey(passkey.id, passkey.counter, counter, wall.now());
      if (person === null || !isUsed || !isClaimed) throw fault('auth.passkey_refused');
      return openSession(step, person, { by: 'passkey', isStrong: true, devices: input.devices });
    });
  },
);
