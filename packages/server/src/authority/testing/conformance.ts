import { afterEach, describe } from 'vitest';
import { describeCancellations } from './cancellations.ts';
import { describeCrash } from './crash.ts';
import { describeExchange } from './exchange.ts';
import { type AuthorityStart, type AuthorityUnderTest, type StartAuthority, startAt } from './harness.ts';
import { describeSms } from './sms.ts';
import { describeVerdicts } from './verdicts.ts';

/**
 * What every adapter to the filing authority guarantees, whatever its wire; each runs it against a real counterpart.
 * To be called from the adapter's own test file.
 */
export function describeAuthorityConformance(name: string, start: StartAuthority): void {
  describe(`${name} keeps to the authority port`, () => {
    const running: AuthorityUnderTest[] = [];
    afterEach(async () => {
      for (const run of running.splice(0)) await run.close();
    });
    const using = async (options: Partial<AuthorityStart> = {}) => {
      const run = await start({ calm: true, seed: 1, startAt, ...options });
      running.push(run);
      return run;
    };
    describeExchange(using);
    describeSms(using);
    describeVerdicts(using);
    describeCancellations(using);
    describeCrash(using);
  });
}
