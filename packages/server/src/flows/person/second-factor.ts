import type { PersonRow, SessionPolicy } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import { isRecoveryCode, recoveryDigest } from './recovery-codes.ts';
import { openTotp, stepOfCode } from './totp.ts';

export const policyOf = (deps: FlowDeps, role: PersonRow['role']): SessionPolicy =>
  role === 'customer' ? deps.people.customers : deps.people.staff;

/** A passkey counts as both factors when somebody signs in with it, but not beside a password. */
export const hasSecondFactor = (person: Pick<PersonRow, 'hasTotp' | 'passkeys'>): boolean =>
  person.hasTotp || person.passkeys > 0;

/** Would `takeCode` take it? Nothing is taken. */
export async function isGoodCode({ deps, tx }: Step, userId: string, code: string): Promise<boolean> {
  const text = code.replace(/[\s-]/g, '');
  if (isRecoveryCode(text)) return tx.secondFactors.hasRecoveryCode(userId, recoveryDigest(userId, text));
  const totp = await tx.secondFactors.findTotp(userId);
  if (totp === null || totp.confirmedAt === null) return false;
  return stepOfCode(openTotp(deps, userId, totp.sealedSecret), text, Date.parse(deps.people.wall.now())) !== null;
}

/** Takes the code of an authenticator app or a recovery code, each once. */
export async function takeCode(step: Step, userId: string, code: string): Promise<boolean> {
  const { deps, tx } = step;
  const text = code.replace(/[\s-]/g, '');
  if (isRecoveryCode(text)) {
    const taken = await tx.secondFactors.takeRecoveryCode(userId, recoveryDigest(userId, text));
    if (taken) await recordAudit(step, 'RecoveryCodeUsed', { kind: 'person', id: userId });
    return taken;
  }
  const totp = await tx.secondFactors.findTotp(userId);
  if (totp === null || totp.confirmedAt === null) return false;
  const found = stepOfCode(openTotp(deps, userId, totp.sealedSecret), text, Date.parse(deps.people.wall.now()));
  return found !== null && tx.secondFactors.takeTotpStep(userId, found);
}
