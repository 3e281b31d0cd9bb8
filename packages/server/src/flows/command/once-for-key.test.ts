import { expect, test } from 'vitest';
import type { FlowDeps } from './deps.ts';
import { onceForKey } from './once-for-key.ts';

test('a worker, which has no shapes of answers, does no request', () => {
  // What a worker has instead of the contract is all that is read before a transaction begins.
  const deps = { answerShapes: null } as unknown as FlowDeps;
  const request = { deps, operation: 'claimReview', idempotencyKey: 'k' } as unknown as Parameters<
    typeof onceForKey
  >[0];
  expect(() => onceForKey(request, {}, () => Promise.resolve(null))).toThrow('a worker does not answer');
});
