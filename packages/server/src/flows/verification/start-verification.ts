import type { VerificationWay, VerifiedRole } from '@openbeian/model/verification';
import type { FilingRow, VerificationBegun, VerificationRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { recordFilingEvent } from '../command/events.ts';
import { onceForKeyAsking } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { type FilingStepInput, lockFilingAtVersion } from '../filing/filing-step.ts';
import { isEditable } from '../filing/form-view.ts';
import { firstPollAt } from './poll-times.ts';
import { verificationViewOf } from './verification-view.ts';
import { type PersonStanding, verificationRulesAt, verifiedPeopleOf } from './verified-people.ts';

type Faults =
  | 'object.not_found'
  | 'object.changed'
  | 'filing.wrong_state'
  | 'verification.not_asked'
  | 'verification.too_many'
  | 'verification.unreachable'
  | 'idempotency.in_progress';

interface StartInput extends FilingStepInput {
  readonly role: VerifiedRole;
  /** Not on a telephone, though that would do. */
  readonly otherWay: boolean;
}

const msPerHour = 3_600_000;

/**
 * Starts a verification: the service gives a link for the person, and its result comes later. With `otherWay` nobody is asked, and a
 * reviewer decides instead, by a sheet or in person. The filing's version stays.
 */
export const startVerification = commandInParts(
  {
    id: 'startVerification',
    faults: [
      'object.not_found',
      'object.changed',
      'filing.wrong_state',
      'verification.not_asked',
      'verification.too_many',
      'verification.unreachable',
      'idempotency.in_progress',
    ],
  },
  (request, input: StartInput) => {
    ownAccount(request.actor);
    const { deps } = request;
    const id = deps.ids.next('ver');
    let asked: PersonStanding | undefined;
    return onceForKeyAsking(request, input, {
      before: async (step) => {
        asked = (await findStartable(step, input)).one;
      },
      ask: async () => {
        // Nothing is asked before `before` has ended.
        if (asked === undefined || input.otherWay) return null;
        const { name, certificateType, certificateNumber } = asked.person;
        const person = { name, certificateType, certificateNumber };
        return deps.verifier.start({ reference: id, person, way: 'electronic' });
      },
      work: async (step, begun) => {
        const { filing, one } = await findStartable(step, input);
        if (one.personHash !== asked?.personHash) throw step.fault('object.changed');
        await keepTry(step, filing, { id, one, begun });
        return verificationViewOf(step, filing);
      },
    });
  },
);

async function findStartable(step: Step<Faults>, input: StartInput) {
  const filing = await lockFilingAtVersion(step, input);
  if (!isEditable(filing)) throw step.fault('filing.wrong_state');
  const one = (await verifiedPeopleOf(step, filing)).find(({ person }) => person.role === input.role);
  const isPossible = step.deps.verifier.by === 'service' && one?.person.way === 'electronic';
  if (one === undefined || !isPossible) throw step.fault('verification.not_asked');
  const { startsPerDay } = verificationRulesAt(step.deps, step.at);
  if (!input.otherWay && one.startsToday >= startsPerDay.value) throw step.fault('verification.too_many');
  return { filing, one };
}

interface Begun {
  readonly id: string;
  readonly one: PersonStanding;
  readonly begun: VerificationBegun | null;
}

async function keepTry(step: Step, { id: filingId }: FilingRow, { id, one, begun }: Begun): Promise<void> {
  const { deps, tx, actor, at } = step;
  const { linkHours } = verificationRulesAt(deps, at);
  const way: VerificationWay = begun === null ? one.person.fallback : 'electronic';
  const linkUntil = new Date(Date.parse(at) + linkHours.value * msPerHour).toISOString();
  const row: VerificationRow = {
    id,
    filingId,
    role: one.person.role,
    personHash: one.personHash,
    way,
    state: 'waiting',
    startedBy: actor.userId,
    startedAt: at,
    outsideId: begun?.outsideId ?? null,
    link: begun?.link ?? null,
    linkUntil: begun === null ? null : (begun.linkUntil ?? linkUntil),
    pollAt: begun === null ? null : firstPollAt(at),
    polls: 0,
    resultAt: null,
    validUntil: null,
    reason: null,
    comment: '',
    decidedBy: null,
  };
  await tx.verification.insert(row);
  const detail = { role: one.person.role, way };
  await recordFilingEvent(step, filingId, 'VerificationStarted', detail);
  await recordAudit(step, 'VerificationStarted', { kind: 'filing', id: filingId }, { ...detail, verificationId: id });
}
