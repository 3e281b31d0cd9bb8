import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import { digestOf } from './one-time.ts';
import { base32 } from './totp.ts';

const howMany = 10;
/** 80 bits: too many to be tried, even by somebody who has the digests. */
const bytes = 10;

/** New codes in the place of all former ones; shown once. */
export async function renewRecoveryCodesOf({ deps, tx }: Step, userId: string): Promise<string[]> {
  const codes = Array.from({ length: howMany }, () => newCode(deps));
  await tx.secondFactors.putRecoveryCodes(
    userId,
    codes.map((code) => recoveryDigest(userId, code)),
  );
  return codes;
}

const newCode = (deps: FlowDeps): string => (base32(deps.ids.randomBytes(bytes)).match(/.{4}/g) ?? []).join('-');

/** However it is written: spaces, hyphens and case do not count. */
export const recoveryDigest = (userId: string, code: string): string =>
  digestOf(`${userId}\n${code.toUpperCase().replace(/[^A-Z2-7]/g, '')}`);

export const isRecoveryCode = (code: string): boolean => code.replace(/[^A-Za-z2-7]/g, '').length === 16;
