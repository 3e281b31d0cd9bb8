import { isFault } from '@openbeian/model/fault';
import type { FailureCount, HashTurn, PersonRow, Slowness } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { queryInParts } from '../command/operation.ts';
import { type FlowRequest, inTransaction, type Step } from '../command/step.ts';
import { bucketOf, failureKeysOf, isWorthRecording, slownessOf } from './failures.ts';
import { knownDevice } from './known-device.ts';
import { asPerson, openSession, originOf, type SignedIn } from './open-session.ts';
import { isRecoveryCode } from './recovery-codes.ts';
import { isGoodCode, takeCode } from './second-factor.ts';

const faults = [
  'auth.wrong_credentials',
  'auth.too_many_attempts',
  'auth.extra_proof_required',
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
  /** So many sign-ins come from this address that a password alone is not enough now. */
  readonly isCrowded?: boolean;
}

/** What is known before the password is looked at. */
interface Attempt {
  readonly turn: HashTurn;
  readonly person: PersonRow | null;
  readonly hash: string | null;
  /** Where a failure counts. */
  readonly keys: readonly FailureCount[];
  /** Where a wrong code counts. */
  readonly codes: FailureCount;
  /** By a known browser or a right code: it waits in no line with others. */
  readonly isProven: boolean;
}

/**
 * Signs in by password, and a code where the person has an authenticator app. An unknown login and a wrong password give
 * the same answer after the same work. Failures of others never refuse the right password: they slow it down, and where too
 * many wait in line, more proof is asked for. Whoever sends a right code with the password, or signed in before in this
 * browser, is in no line with others.
 */
export const signIn = queryInParts(
  { id: 'signIn', faults },
  async (request: FlowRequest<Faults>, input: Credentials): Promise<SignedIn> => {
    const attempt = await begin(request, input);
    const { person, hash, turn } = attempt;
    const isRight = await inLine(request, attempt, () =>
      request.deps.people.passwords.verify(hash, input.password, turn),
    );
    if (!isRight || person === null) {
      await countFailure(request, attempt);
      throw request.fault('auth.wrong_credentials');
    }
    if (person.hasTotp && person.disabledAt === null) await requireFewWrongCodes(request, attempt.codes);
    const opened = await inTransaction(request, async (step) => {
      const current = await requireUnchanged(step, person.id, hash);
      if (current.disabledAt !== null) throw step.fault('auth.person_disabled');
      if (current.hasTotp) {
        if (input.code === undefined) throw step.fault('auth.second_factor_required');
        if (!(await takeCodeOf(step, { ...attempt, person: current }, input.code))) return 'wrong code' as const;
      }
      return openSession(step, current, { by: 'password', isStrong: current.hasTotp, devices: input.devices });
    });
    if (opened !== 'wrong code') return opened;
    throw request.fault('auth.wrong_second_factor');
  },
);

/**
 * The person as of now. While an attempt waits for its turn the password may be changed, which ends all sessions: one that the
 * former password opens must not outlive that. Locked, so that a change waits for the session that it ends.
 */
async function requireUnchanged(
  { deps, tx, fault }: Step<Faults>,
  id: string,
  hash: string | null,
): Promise<PersonRow> {
  const isUnchanged = (await tx.people.lockPassword(id)) === hash;
  const person = await tx.people.find(id, deps.people.wall.now());
  if (!isUnchanged || person === null) throw fault('auth.wrong_credentials');
  return person;
}

async function begin(request: FlowRequest<Faults>, input: Credentials): Promise<Attempt> {
  const { deps, actor } = request;
  const asksProof = input.isCrowded === true;
  // Nothing is read for a password alone while too many come.
  if (asksProof && input.code === undefined && input.devices === null) throw proofRequired(request);
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
  const slowness = slownessOf(deps, { login: byLogin, both, address });
  if ((asksProof || slowness.delayMs > 0 || slowness.byAddress) && (await provesItself(request, person, input.code))) {
    if (person !== null) return beginWithCode(request, { person, hash, turn });
  }
  if (asksProof) throw proofRequired(request);
  const codes = wrongCodes(deps, person?.id ?? '');
  const attempt = { turn, person, hash, keys: [keys.login, keys.both, keys.address], codes, isProven: false };
  await waitFor(request, attempt, slowness);
  return attempt;
}

/**
 * Does a right code come before the password was looked at? Wrong ones are few and counted: otherwise somebody who has the
 * password would learn a code by trying. Recovery codes are too many to be tried.
 */
async function provesItself(
  request: FlowRequest<Faults>,
  person: PersonRow | null,
  code: string | undefined,
): Promise<boolean> {
  if (person?.hasTotp !== true || code === undefined) return false;
  const { deps } = request;
  const key = bucketOf(deps, 'proof', person.id, wrongCodesRule.windowSeconds);
  const nowMs = Date.parse(deps.people.wall.now());
  return inTransaction(request, async (step) => {
    // Counted before it is looked at: of many that come at once no more are looked at than of one after another.
    const [tried = 0] = await step.tx.signIns.addFailures([key], nowMs);
    if (tried > wrongCodesRule.limit && !isRecoveryCode(code)) return false;
    const isGood = await isGoodCode(step, person.id, code);
    if (isGood) await step.tx.signIns.takeBackFailures([key]);
    return isGood;
  });
}

/** Only failures in this very browser count, and they are its own. */
async function beginOnKnownDevice(request: FlowRequest<Faults>, known: Known, device: string): Promise<Attempt> {
  const { deps } = request;
  const { limit, windowSeconds } = deps.people.limits.perLoginAndAddress;
  const key = bucketOf(deps, 'device', device, windowSeconds);
  const nowMs = Date.parse(deps.people.wall.now());
  const [count = 0] = await inTransaction(request, ({ tx }) => tx.signIns.countFailures([key], nowMs));
  if (count >= limit) throw request.fault('auth.too_many_attempts', { retryAfterSeconds: windowSeconds });
  // Not even the queue for hashing is shared with strangers, nor the count of wrong codes with others who have the password.
  const turn = { address: `device ${device}`, login: known.turn.login };
  return { ...known, turn, keys: [key], codes: wrongCodes(deps, `${known.person.id} ${device}`), isProven: true };
}

/** A line of the person's own: only others who have the codes, too, wait in it. */
async function beginWithCode(request: FlowRequest<Faults>, known: Known): Promise<Attempt> {
  const { deps } = request;
  const turn = { address: `person ${known.person.id}`, login: known.turn.login };
  const keys = failureKeysOf(deps, turn);
  const nowMs = Date.parse(deps.people.wall.now());
  const [both = 0] = await inTransaction(request, ({ tx }) => tx.signIns.countFailures([keys.both], nowMs));
  const codes = wrongCodes(deps, known.person.id);
  const attempt = { ...known, turn, keys: [keys.both, keys.login, keys.address], codes, isProven: true };
  await waitFor(request, attempt, slownessOf(deps, { login: 0, both, address: 0 }));
  return attempt;
}

interface Known {
  readonly person: PersonRow;
  readonly hash: string | null;
  readonly turn: HashTurn;
}

const waitFor = (request: FlowRequest<Faults>, attempt: Attempt, slowness: Slowness): Promise<void> =>
  inLine(request, attempt, () => request.deps.people.pace.wait(attempt.turn, slowness));

/** Where the line is full, whoever has not proven more is asked to. */
async function inLine<T>(request: FlowRequest<Faults>, { isProven }: Attempt, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isProven || !isFault(error, 'auth.too_many_attempts')) throw error;
    throw proofRequired(request, error.extras.retryAfterSeconds);
  }
}

const proofRequired = (request: FlowRequest<Faults>, retryAfterSeconds = 60) =>
  request.fault('auth.extra_proof_required', { retryAfterSeconds });

const wrongCodesRule = { limit: 10, windowSeconds: 900 };
const wrongCodes = (deps: FlowRequest['deps'], whose: string): FailureCount =>
  bucketOf(deps, 'code', whose, wrongCodesRule.windowSeconds);

/** Six digits are quickly guessed, and a caller who gets here has the password. */
async function requireFewWrongCodes(request: FlowRequest<Faults>, codes: FailureCount): Promise<void> {
  const nowMs = Date.parse(request.deps.people.wall.now());
  const [count = 0] = await inTransaction(request, ({ tx }) => tx.signIns.countFailures([codes], nowMs));
  if (count < wrongCodesRule.limit) return;
  throw request.fault('auth.too_many_attempts', { retryAfterSeconds: wrongCodesRule.windowSeconds });
}

/** Takes a code beside the right password; counted as wrong before it is looked at, as of many that come at once each is tried. */
async function takeCodeOf(step: Step<Faults>, attempt: Attempt & Known, code: string): Promise<boolean> {
  const { deps, tx } = step;
  const { person, codes } = attempt;
  const [tried = 0] = await tx.signIns.addFailures([codes], Date.parse(deps.people.wall.now()));
  if (tried > wrongCodesRule.limit) {
    throw step.fault('auth.too_many_attempts', { retryAfterSeconds: wrongCodesRule.windowSeconds });
  }
  const isTaken = await takeCode(asPerson(step, person), person.id, code);
  if (isTaken) await tx.signIns.takeBackFailures([codes]);
  else await recordFailure(step, attempt, tried);
  return isTaken;
}

function countFailure(request: FlowRequest<Faults>, attempt: Attempt): Promise<void> {
  const nowMs = Date.parse(request.deps.people.wall.now());
  return inTransaction(request, async (step) => {
    const [first = 0, , byAddress = 0] = await step.tx.signIns.addFailures(attempt.keys, nowMs);
    // Of a login that nobody has, by address; else one stranger would fill the audit with names.
    await recordFailure(step, attempt, attempt.person === null ? byAddress : first);
  });
}

async function recordFailure(step: Step<Faults>, { person, turn }: Attempt, count: number): Promise<void> {
  if (!isWorthRecording(count)) return;
  const id = person?.id ?? 'unknown';
  const about = { failures: count, device: originOf(step.actor).device };
  await recordAudit(step, 'SignInFailed', { kind: 'person', id }, about);
  const { limit } = step.deps.people.limits.perLogin;
  if (person !== null && count >= limit && !/^(device|person) /.test(turn.address)) {
    await recordAudit(step, 'SignInSlowed', { kind: 'person', id }, about);
  }
}
