import type { VerifiedRole } from '@openbeian/model/verification';
import type { VerificationBegun, VerificationRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { recordFilingEvent } from '../command/events.ts';
import { type CommandRequest, onceForKeyAsking } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { inTransaction, type Step } from '../command/step.ts';
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
/** Longer than asking takes: a try whose start was never answered keeps nobody waiting. */
const askingMs = 2 * 60_000;

/**
 * Starts a verification: the service gives a link for the person, and its result comes later. With `otherWay` nobody is asked, and a
 * reviewer decides instead, by a sheet or in person. The try is kept before the service is asked, so that it counts however many are
 * started at once, and a result that is faster than the answer finds it. The filing's version stays.
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
    let kept: Kept | undefined;
    return onceForKeyAsking(request, input, {
      before: async (step) => {
        kept = await keepTry(step, input);
      },
      // Nothing is asked before `before` has ended.
      ask: async () => (kept?.row.way === 'electronic' ? askService(request, kept) : null),
      work: async (step, begun) => {
        const filing = await step.tx.filings.find(input.filingId);
        if (filing === null || kept === undefined) throw step.fault('object.not_found');
        const { id, role, way } = kept.row;
        if (begun !== null) await putBegun(step, id, begun);
        await recordFilingEvent(step, filing.id, 'VerificationStarted', { role, way });
        const detail = { role, way, verificationId: id };
        await recordAudit(step, 'VerificationStarted', { kind: 'filing', id: filing.id }, detail);
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

interface Kept {
  readonly row: VerificationRow;
  readonly person: PersonStanding['person'];
}

async function keepTry(step: Step<Faults>, input: StartInput): Promise<Kept> {
  const { deps, tx, actor, at } = step;
  const { filing, one } = await findStartable(step, input);
  const { person, personHash } = one;
  const row: VerificationRow = {
    id: deps.ids.next('ver'),
    filingId: filing.id,
    role: person.role,
    personHash,
    way: input.otherWay ? person.fallback : 'electronic',
    state: 'waiting',
    startedBy: actor.userId,
    startedAt: at,
    outsideId: null,
    link: null,
    linkUntil: input.otherWay ? null : new Date(Date.parse(at) + askingMs).toISOString(),
    pollAt: null,
    polls: 0,
    resultAt: null,
    validUntil: null,
    reason: null,
    comment: '',
    decidedBy: null,
  };
  await tx.verification.insert(row);
  return { row, person };
}

/** What gets no answer does not count: the service may be away. */
async function askService(request: CommandRequest<Faults>, { row, person }: Kept): Promise<VerificationBegun> {
  const { name, certificateType, certificateNumber } = person;
  const asked = { name, certificateType, certificateNumber };
  try {
    return await request.deps.verifier.start({ reference: row.id, person: asked, way: 'electronic' });
  } catch (error) {
    await inTransaction(request, ({ tx }) => tx.verification.deleteUnbegun(row.id));
    throw error;
  }
}

async function putBegun({ deps, tx, at }: Step, id: string, { outsideId, link, linkUntil }: VerificationBegun) {
  const { linkHours } = verificationRulesAt(deps, at);
  const until = linkUntil ?? new Date(Date.parse(at) + linkHours.value * msPerHour).toISOString();
  await tx.verification.putLink(id, { outsideId, link, linkUntil: until, pollAt: firstPollAt(at) });
}
