import { query } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { codeEvaluatorOf } from '../resource/account-evaluator.ts';
import { type CodeQuery, codeFilterOf } from './code-query.ts';

/** How many codes the asker's account has in each state, derived as in the list but without reading each code. */
export const countCodes = query({ id: 'countCodes', faults: [], mayLag: true }, async (step, input: CodeQuery) => {
  const { tx, actor } = step;
  const counts = await tx.codes.count(codeFilterOf(ownAccount(actor), input));
  const resourceIds = new Set(counts.flatMap(({ resourceId }) => resourceId ?? []));
  const evaluator = codeEvaluatorOf(step, await tx.resources.listByIds([...resourceIds]));
  const states = { unused: 0, suspended: 0, bound: 0, used: 0, revoked: 0 };
  for (const { phase, resourceId, issuedAt, stoppedAt, count } of counts) {
    if (phase === 'open') {
      const row = resourceId === null ? null : evaluator.rowOf(resourceId);
      const isUsable = row !== null && issuedAt !== null && evaluator.validityOf(row, { issuedAt, stoppedAt }).valid;
      states[isUsable ? 'unused' : 'suspended'] += count;
    } else states[phase] += count;
  }
  return { total: Object.values(states).reduce((sum, count) => sum + count, 0), states };
});
