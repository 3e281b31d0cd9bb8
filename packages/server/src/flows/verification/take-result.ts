import type { VerificationMessage } from '../../ports/index.ts';
import { queryInParts } from '../command/operation.ts';
import { inTransaction } from '../command/step.ts';
import { recordResult } from './record-result.ts';

/**
 * A message of the service's, with a signature of its own instead of a session. Answered the same however often it comes.
 * @throws Fault `auth.required` where the signature does not fit, `object.not_found` where nobody has begun that try.
 */
export const takeVerificationResult = queryInParts(
  { id: 'takeVerificationResult', faults: ['object.not_found'] },
  async (request, message: VerificationMessage) => {
    const result = request.deps.verifier.read(message, request.at);
    if (result === null) throw request.fault('auth.required');
    return inTransaction(request, async (step) => {
      const row = await step.tx.verification.findForUpdate(result.reference);
      // What a reviewer decides is no service's.
      if (row === null || row.way !== 'electronic') throw step.fault('object.not_found');
      const { resultId, outcome, at, reason } = result;
      return { changed: await recordResult(step, row, { resultId, outcome, at, reason }) };
    });
  },
);
