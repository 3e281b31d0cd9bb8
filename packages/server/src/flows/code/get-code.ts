import { query } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { codeViewOf, openCodeEvaluator } from './code-view.ts';

/** One code, for its issuer, its grantee and the provider's people. @throws Fault `object.not_found`. */
export const getCode = query(
  { id: 'getCode', faults: ['object.not_found'] },
  async (step, input: { readonly codeId: string }) => {
    const found = await step.tx.codes.find(input.codeId);
    const code = requireVisible(step, found, (one) => [one.issuerAccountId, one.granteeAccountId]);
    return codeViewOf(await openCodeEvaluator(step, [code]), code);
  },
);
