import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import { digestOf } from './one-time.ts';
import { base32 } from './totp.ts';

const howMany = 10;
/** 80 bits: too many to be tried, even by somebody who has the digests. */
const bytes = 10;

/** The first codes of an app that was confirmed just now; shown once. */
export async function makeRecoveryCodesOf({ deps, tx }: Step, userId: string): Promise<string[]> {
  const { codes, digests } = newCodes(deps, userId);
  await tx.secondFactors.putRecoveryCodes(userId, digests);
  return codes;
}

/**
 * New codes in the place of the former ones; shown once. Of two at once one is refused: both would show codes, and those of
 * one would not work.
 */
export async function renewRecoveryCodesOf(
  { deps, tx, fault }: Step<'object.changed'>,
  userId: string,
): Promise<string[]> {
  const earlier = await tx.secondFactors.listRecoveryCodes(userId);
  const { codes, digests } = newCodes(deps, userId);
  if (!(await tx.secondFactors.replaceRecoveryCodes(userId, earlier, digests))) throw fault('object.changed');
  return codes;
}

function newCodes(deps: FlowDeps, userId: string) {
  const codes = Array.from({ length: howMany }, () => newCode(deps));
  return { codes, digests: codes.map((code) => recoveryDigest(userId, code)) };
}

const newCode = (deps: FlowDeps): string => (base32(deps.ids.randomBytes(bytes)).match(/.{4}/g) ?? []).join('-');

/** However it is written: spaces, hyphens and case do not count. */
export const recoveryDigest = (userId: string, code: string): string =>
  digestOf(`${userId}\n${code.toUpperCase().replace(/[^A-Z2-7]/g, '')}`);

export const isRecoveryCode = (code: string): boolean => code.replace(/[^A-Za-z2-7]/g, '').length === 16;
