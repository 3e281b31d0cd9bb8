import type { FailureCount, HashTurn, PersonRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { queryInParts } from '../command/operation.ts';
import { type FlowRequest, inTransaction } from '../command/step.ts';
import { bucketOf, failureKeysOf, isWorthRecording, slownessOf } from './failures.ts';
import { knownDevice } from './known-device.ts';
import { asPerson, openSession, originOf, type SignedIn } from './open-session.ts';
import { takeCode } from './second-factor.ts';

const faults = [
  'auth.wrong_credentials',
  'auth.too_many_attempts',
  'auth.second_factor_required',
  'auth.wrong_second_factor',
  'auth.person_disabled',
] as const;
type Faults = (typeof faults)[number];

interface Credentials {
  readonly login: string;
  readonly password: string;
  /** Of an authenticator app, or a recovery code. */
  readonly code?: string | undefined;
  /** The notes by which the browser is known. */
  readonly devices: string | null;
}

/** What is known before the password is looked at. */
interface Attempt {
  readonly turn: HashTurn;
  readonly person: PersonRow | null;
  readonly hash: string | null;
  /** Where a failure counts. */
  readonly keys: readonly FailureCount[];
}

/**
 * Signs in by password, and a code where the person has an authenticator app. An unknown login and a wrong password give
 * the same answer after the same work. Failures of others never refuse the right password: they slow it down, and not
 * even that in a browser in which this person signed in before.
 */
export const signIn = queryInParts(
  { id: 'signIn', faults },
  async (request: FlowRequest<Faults>, input: Credentials): Promise<SignedIn> => {
    const attempt = await begin(request, input);
    const { person, hash, turn } = attempt;
    const isRight = await request.deps.people.passwords.verify(hash, input.password, turn);
    if (!isRight || person === null) {
      await countFailure(request, attempt);
      throw request.fault('auth.wrong_credentials');
    }
    if (person.hasTotp && person.disabledAt === null) await requireFewWrongCodes(request, person);
    const opened = await inTransaction(request, async (step) => {
      if (person.disabledAt !== null) throw step.fault('auth.person_disabled');
      if (person.hasTotp) {
        if (input.code === undefined) throw step.fault('auth.second_factor_required');
        if (!(await takeCode(asPerson(step, person), person.id, input.code))) return 'wrong code' as const;
      }
      return openSession(step, person, { by: 'password', isStrong: person.hasTotp, devices: input.devices });
    });
    if (opened !== 'wrong code') return opened;
    await countFailure(request, { ...attempt, keys: [wrongCodes(request, person)] });
    throw request.fault('auth.wrong_second_factor');
  },
);

async function begin(request: FlowRequest<Faults>, input: Credentials): Promise<Attempt> {
  const { deps, actor } = request;
  const login = input.login.trim().toLowerCase();
  const turn = { address: originOf(actor).network, login };
  const keys = failureKeysOf(deps, turn);
  const nowMs = Date.parse(deps.people.wall.now());
  const { person, hash, counts } = await inTransaction(request, async ({ tx }) => {
    const found = await tx.people.findByLogin(login, deps.people.wall.now());
    return {
      person: found,
      hash: await tx.people.findPassword(found?.id ?? ''),
      counts: await tx.signIns.countFailures([keys.login, keys.both, keys.address], nowMs),
    };
  });
  const device = person === null ? null : knownDevice(deps, person.id, input.devices);
  if (person !== null && device !== null) return beginOnKnownDevice(request, { person, hash, turn }, device);
  const [byLogin = 0, both = 0, address = 0] = counts;
  await deps.people.pace.wait(turn, slownessOf(deps, { login: byLogin, both, address }));
  return { turn, person, hash, keys: [keys.login, keys.both, keys.address] };
}

/** Only failures in this very browser count, and they are its own. */
async function beginOnKnownDevice(
  request: FlowRequest<Faults>,
  known: { readonly person: PersonRow; readonly hash: string | null; readonly turn: HashTurn },
  device: string,
): Promise<Attempt> {
  const { deps } = request;
  const { limit, windowSeconds } = deps.people.limits.perLoginAndAddress;
  const key = bucketOf(deps, 'device', device, windowSeconds);
  const nowMs = Date.parse(deps.people.wall.now());
  const [count = 0] = await inTransaction(request, ({ tx }) => tx.signIns.countFailures([key], nowMs));
  if (count >= limit) throw request.fault('auth.too_many_attempts', { retryAfterSeconds: windowSeconds });
  // Not even the queue for hashing is shared with strangers.
  return { ...known, turn: { address: `device ${device}`, login: known.turn.login }, keys: [key] };
}

const wrongCodesRule = { limit: 10, windowSeconds: 900 };
const wrongCodes = ({ deps }: FlowRequest<Faults>, person: PersonRow): FailureCount =>
  bucketOf(deps, 'code', person.id, wrongCodesRule.windowSeconds);

/** Six digits are quickly guessed, and a caller who gets here has the password. */
async function requireFewWrongCodes(request: FlowRequest<Faults>, person: PersonRow): Promise<void> {
  const nowMs = Date.parse(request.deps.people.wall.now());
  const [count = 0] = await inTransaction(request, ({ tx }) =>
    tx.signIns.countFailures([wrongCodes(request, person)], nowMs),
  );
  if (count < wrongCodesRule.limit) return;
  throw request.fault('auth.too_many_attempts', { retryAfterSeconds: wrongCodesRule.windowSeconds });
}

async function countFailure(request: FlowRequest<Faults>, { keys, person, turn }: Attempt): Promise<void> {
  const { deps } = request;
  const nowMs = Date.parse(deps.people.wall.now());
  await inTransaction(request, async (step) => {
    const [first = 0, , byAddress = 0] = await step.tx.signIns.addFailures(keys, nowMs);
    // Of a login that nobody has, by address; else one stranger would fill the audit with names.
    const count = person === null ? byAddress : first;
    if (!isWorthRecording(count)) return;
    const id = person?.id ?? 'unknown';
    const about = { failures: count, device: originOf(step.actor).device };
    await recordAudit(step, 'SignInFailed', { kind: 'person', id }, about);
    const { limit } = deps.people.limits.perLogin;
    if (person !== null && count >= limit && !turn.address.startsWith('device ')) {
      await recordAudit(step, 'SignInSlowed', { kind: 'person', id }, about);
    }
  });
}
