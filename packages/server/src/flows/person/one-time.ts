import { createHash, timingSafeEqual } from 'node:crypto';
import type { OneTimeToken, TokenPurpose } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';

/** 256 unguessable bits. */
export const newSecret = (deps: FlowDeps): string => Buffer.from(deps.ids.randomBytes(32)).toString('base64url');

/** What is stored of a random secret: a reader of the database cannot use it. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Real time from now. */
export const wallAfter = (deps: FlowDeps, ms: number): string =>
  new Date(Date.parse(deps.people.wall.now()) + ms).toISOString();

interface NewToken {
  readonly purpose: TokenPurpose;
  readonly userId: string | null;
  readonly lifeMs: number;
}

/** Makes something that is good for one use. @returns its secret, which is kept nowhere */
export async function putOneTime(step: Step, { purpose, userId, lifeMs }: NewToken): Promise<string> {
  const secret = newSecret(step.deps);
  const expiresAt = wallAfter(step.deps, lifeMs);
  const token = { digest: digestOf(secret), purpose, userId, expiresAt };
  await step.tx.signIns.putToken(token, step.deps.people.wall.now());
  return secret;
}

/** Takes it: of several who try at once one gets it. */
export const takeOneTime = (
  { deps, tx }: Step,
  secret: string,
  purposes: readonly TokenPurpose[],
): Promise<OneTimeToken | null> => tx.signIns.takeToken(digestOf(secret), purposes, deps.people.wall.now());

const randomLength = 24;
const timeLength = 6;
const macLength = 18;

const macOf = (purpose: TokenPurpose, body: Buffer) => `challenge\n${purpose}\n${body.toString('base64url')}`;
const shortened = (hash: string): Buffer => createHash('sha256').update(hash).digest().subarray(0, macLength);

/** Something that a visitor gets and brings back: signed, so that nothing is written until it was used well. */
export function newChallenge({ vault, ids, people }: FlowDeps, purpose: TokenPurpose, lifeMs: number): string {
  const time = Buffer.alloc(timeLength);
  time.writeUIntBE(Date.parse(people.wall.now()) + lifeMs, 0, timeLength);
  const body = Buffer.concat([ids.randomBytes(randomLength), time]);
  return Buffer.concat([body, shortened(vault.hash(macOf(purpose, body), 'request'))]).toString('base64url');
}

/** Did this server make it, and is it still valid? Whether it was used before is checked by `claimChallenge`. */
export function isChallenge({ vault, people }: FlowDeps, purpose: TokenPurpose, text: string): boolean {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== randomLength + timeLength + macLength || bytes.toString('base64url') !== text) return false;
  const body = bytes.subarray(0, randomLength + timeLength);
  if (body.readUIntBE(randomLength, timeLength) <= Date.parse(people.wall.now())) return false;
  const mac = bytes.subarray(randomLength + timeLength);
  return vault.hashes(macOf(purpose, body), 'request').some((hash) => timingSafeEqual(shortened(hash), mac));
}

/** Uses a challenge up: of several who try at once one may go on. Remembered for longer than any challenge is good. */
export const claimChallenge = ({ deps, tx }: Step, purpose: TokenPurpose, text: string): Promise<boolean> =>
  tx.signIns.claimToken(
    { digest: digestOf(text), purpose, userId: null, expiresAt: wallAfter(deps, 3_600_000) },
    deps.people.wall.now(),
  );
