import { expect, it } from 'vitest';
import { requireProgram } from '../../support/require-program.ts';
import { restartInTurns } from './rolling-restart.ts';

/** The same with 100,000 requests: `npm run bench:rolling-restart`. */
it('two servers behind the shipped nginx file are restarted in turns, and no request fails', {
  timeout: 180_000,
}, async (context) => {
  const nginx = requireProgram('nginx');
  const result =
    nginx === null
      ? null
      : await restartInTurns({
          nginx,
          restarts: 2,
          requests: 2000,
          drainMs: 1500,
          failTimeoutSeconds: 1,
          betweenMs: 1300,
          customers: 12,
        });
  if (result === null) return context.skip('no nginx or no PostgreSQL');
  expect([...new Set(result.failures)].slice(0, 5)).toEqual([]);
  expect(result.sent).toBeGreaterThanOrEqual(2000);
  // Neither lost nor made twice by a repetition.
  expect(result.codes.toSorted()).toEqual(result.issued.toSorted());
  expect(Object.keys(result.counts)).toHaveLength(8);
});
