import type { CodeRow } from '../../ports/index.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';

/** A code that the caller's account issued. @throws Fault `object.not_found`, also for a code of others. */
export async function requireIssuedCode(step: Step<'object.not_found'>, codeId: string): Promise<CodeRow> {
  const account = ownAccount(step.actor);
  const code = await step.tx.codes.find(codeId);
  if (code === null || code.issuerAccountId !== account) throw step.fault('object.not_found');
  return code;
}

export const unknownGrantee = {
  expected: 'the id of an account of this provider',
  expectedZh: '应为本接入商的账号编号',
} as const;

/** @throws Fault `input.invalid` when nobody has that account id. */
export async function requireGrantee({ tx, fault }: Step, granteeAccountId: string): Promise<void> {
  if ((await tx.accounts.find(granteeAccountId)) !== null) return;
  throw fault('input.invalid', { places: [{ path: 'granteeAccountId', ...unknownGrantee }] });
}
