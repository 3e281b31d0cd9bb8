import { isFault } from '@openbeian/model/fault';
import { Client } from 'pg';
import { expect } from 'vitest';
import { createLogger, loadConfig, openDeployment } from '../../packages/server/src/main/index.ts';
import { type Answer, inLanes, keyOf } from './attempts.ts';
import { type ChaosDeployment, chaosActor, chaosResource } from './chaos-deployment.ts';

interface Row {
  readonly id: string;
  readonly lookup_hash: string;
  readonly ledger_key: string | null;
  readonly returned_at: unknown;
  readonly events: number;
}

/**
 * Reads the books past the product, after the crashes, and asks the product again under the same keys.
 * Guarantees: exactly the quota is out, the ledger balances to the row, every acknowledged code exists, none twice, every
 * code has one spend, one event, one audit mention and one stored answer, and nothing is there without the others.
 * @param userId under whose keys the answers are stored
 */
export async function expectBalancedBooks(
  chaos: ChaosDeployment,
  quota: number,
  answers: ReadonlyMap<number, Answer>,
  userId: string,
): Promise<void> {
  const client = new Client({ connectionString: chaos.databaseUrl });
  await client.connect();
  try {
    const rows = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
      (await client.query(text, values)).rows as T[];
    const codes = await rows<Row>(
      `SELECT code.id, lookup_hash, spend.ledger_key, spend.returned_at,
         (SELECT count(*)::int FROM code_event WHERE code_id = code.id AND type = 'CodeIssued') AS events
       FROM filing_code code LEFT JOIN quota_spend spend ON spend.id = code.spend_id`,
    );
    const ids = codes.map((code) => code.id).sort();
    expect(ids).toHaveLength(quota);
    expect(new Set(codes.map((code) => code.lookup_hash)).size).toBe(quota);
    const key = `xingyun/server:instance:${chaosResource}:code`;
    for (const code of codes) expect(code).toMatchObject({ ledger_key: key, returned_at: null, events: 1 });

    const ledgers = await rows(`SELECT ledger_key, capacity, spent,
      (SELECT count(*)::int FROM quota_spend s WHERE s.ledger_key = q.ledger_key AND returned_at IS NULL) AS live,
      (SELECT count(*)::int FROM quota_spend s WHERE s.ledger_key = q.ledger_key AND holder = 'code') AS codes,
      (SELECT count(*)::int FROM quota_spend s WHERE s.ledger_key = q.ledger_key AND holder = 'direct') AS direct
      FROM quota q WHERE spent > 0`);
    const whole = { capacity: quota, spent: quota, live: quota, codes: quota, direct: 0 };
    expect(ledgers).toEqual([{ ledger_key: key, ...whole }]);
    const [{ events, spends } = {}] = await rows<{ events?: number; spends?: number }>(
      `SELECT (SELECT count(*)::int FROM code_event) AS events, (SELECT count(*)::int FROM quota_spend) AS spends`,
    );
    expect({ events, spends }).toEqual({ events: quota, spends: quota });

    const facts = await rows<{ ids: string[] }>(
      `SELECT detail->'codeIds' AS ids FROM audit WHERE action = 'CodesIssued'`,
    );
    expect(facts.flatMap((fact) => fact.ids).sort()).toEqual(ids);
    const stored = await rows<{ key: string; ids: string[] | null }>(
      `SELECT key, response->'codeIds' AS ids FROM idempotency WHERE operation = 'issueCodes' AND actor_id = $1`,
      [userId],
    );
    expect(stored.flatMap((row) => row.ids ?? []).sort()).toEqual(ids);

    const issued = [...answers].flatMap(([attempt, answer]) => ('issued' in answer ? [{ attempt, answer }] : []));
    expect(issued.flatMap(({ answer }) => answer.issued.map((code) => code.id)).sort()).toEqual(ids);
    expect(new Set(issued.flatMap(({ answer }) => answer.issued.map((code) => code.clear))).size).toBe(quota);
    const byKey = new Map(stored.map((row) => [row.key, row.ids]));
    for (const { attempt, answer } of issued) {
      expect(byKey.get(keyOf(attempt))).toEqual(answer.issued.map((code) => code.id));
    }
    expect(stored).toHaveLength(issued.length);
  } finally {
    await client.end();
  }
  await expectSameAnswers(chaos, answers, userId);
}

/** The same requests once more, from a process that has seen none of it. */
async function expectSameAnswers(chaos: ChaosDeployment, answers: ReadonlyMap<number, Answer>, userId: string) {
  const deployment = await openDeployment(loadConfig(chaos.configFile, {}), { logger: createLogger('silent') });
  try {
    const actor = { ...chaosActor, userId };
    const input = { resourceId: chaosResource, count: 1, granteeAccountId: null, note: '' };
    const again = async (attempt: number): Promise<Answer> =>
      deployment.flows.issueCodes({ actor, idempotencyKey: keyOf(attempt) }, input).then(
        ({ codes }) => ({ issued: codes.map(({ clear, code }) => ({ id: code.id, clear })) }),
        (error: unknown) => ({ refused: isFault(error) ? error.code : String(error) }),
      );
    await inLanes([...answers], 16, async ([attempt, answer]) => {
      const now = await again(attempt);
      // A refusal is evaluated again; it is a refusal still, though the reason may be worded by an earlier check.
      if ('refused' in answer) expect(Object.keys(now)).toEqual(['refused']);
      else expect(now).toEqual(answer);
    });
  } finally {
    await deployment.close();
  }
}
