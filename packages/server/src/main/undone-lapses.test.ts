import { isFault } from '@openbeian/model/fault';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeOnBoth, type RuleWorld } from './testing/rule-world.ts';
import { sampleRules } from './testing/sample-rules.ts';

type Act = 'resource' | 'code' | 'lapse' | 'reopen' | 'abandon';
const acts: readonly Act[] = ['resource', 'code', 'lapse', 'reopen', 'abandon'];
const filings = 3;

/** Three filings of one account that share a place for two and one code; what is done to them may be refused. */
async function openThree(world: RuleWorld) {
  const account = await world.account();
  const resourceId = await world.server(account, 'xingyun', 'server');
  const code = await world.issue(account, resourceId, account);
  const drafts: Awaited<ReturnType<RuleWorld['draft']>>[] = [];
  for (let one = 0; one < filings; one += 1) drafts.push(await world.draft(account));
  const asOperator = () => ({ actor: world.operator, idempotencyKey: world.fresh('key') });
  const act = async (what: Act, index: number): Promise<void> => {
    const filingId = drafts[index]?.filingId ?? '';
    const { version } = (await world.flows.getFiling({ actor: world.operator }, { filingId })).filing;
    const step = { filingId, version };
    const comment = '核对';
    if (what === 'lapse') await world.flows.lapseFiling(asOperator(), { ...step, comment });
    else if (what === 'reopen') await world.flows.reopenFiling(asOperator(), { ...step, comment });
    else if (what === 'abandon') await world.flows.abandonFiling(world.call(account), step);
    else {
      const bound = what === 'code' ? { code: code.clear } : { resourceId };
      await world.flows.bindFiling(world.call(account), { ...step, with: bound });
    }
  };
  return { act, ids: drafts.map(({ filingId }) => filingId), codeId: code.id };
}

const refusable = (error: unknown): void => {
  if (!isFault(error) || error.code === 'internal') throw error;
};

await describeOnBoth('lapses and their undoing, in any order and at the same time', (get) => {
  test('leave the books balanced: what is spent is what open filings and codes hold', async () => {
    const world = get();
    world.useRules(
      sampleRules({
        quotas: [
          { of: ['file'], scope: 'instance', limit: 2, returnedOnCancel: true },
          { of: ['issue'], scope: 'instance', limit: 5, returnedOnCancel: false },
        ],
      }),
    );
    const step = fc.tuple(fc.constantFrom(...acts), fc.nat({ max: filings - 1 }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { maxLength: 12 }), async (rounds) => {
        const { act, ids, codeId } = await openThree(world);
        for (const round of rounds) {
          await Promise.all(round.map(([what, index]) => act(what, index).catch(refusable)));
          // The clock goes on between what is done one after the other.
          world.clock.nowMs += 1000;
        }
        expect(await world.run(unbalanced)).toEqual([]);
        expect(await world.run(wrongHoldings(ids, codeId))).toEqual([]);
      }),
      { numRuns: 8, seed: 20261130 },
    );
    world.useRules(null);
  }, 120_000);
});

/** Ledgers whose counter is not the number of their live spends, or that are overspent. */
const unbalanced = `
  SELECT ledger_key FROM quota LEFT JOIN
    (SELECT ledger_key, count(*) AS live FROM quota_spend WHERE returned_at IS NULL GROUP BY ledger_key) AS counted
    USING (ledger_key)
  WHERE spent <> coalesce(live, 0) OR spent > capacity`;

/** Filings that hold something after their end, or say that they hold what they do not. */
const wrongHoldings = (ids: readonly string[], codeId: string) => `
  SELECT id, state FROM filing
  WHERE id IN (${ids.map((id) => `'${id}'`).join()}) AND (
    (state = 'abandoned' AND EXISTS (SELECT FROM quota_spend WHERE filing_id = filing.id AND returned_at IS NULL))
    OR (state = 'abandoned' AND EXISTS (SELECT FROM filing_code WHERE bound_filing_id = filing.id))
    OR (state <> 'abandoned' AND code_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM filing_code WHERE id = '${codeId}' AND bound_filing_id = filing.id))
    OR (state <> 'abandoned' AND code_id IS NULL AND spend_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM quota_spend WHERE id = filing.spend_id AND returned_at IS NULL)))`;
