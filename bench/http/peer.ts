// The peer: a bare Fastify route for each kind, which runs the statements that the server's flow was seen to run and answers the
// JSON that it answered, and does nothing else: no session, no validation, no decision, no sealing, no log.
import { createHash } from 'node:crypto';
import { fastify } from 'fastify';
import pg from 'pg';
import type { Plan, PlansOfKind, Statement } from './plans.ts';

const [databaseUrl = '', connections = '10'] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: Number(connections) });
pool.on('error', () => {});

const names = new Map<string, string>();
function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('hex').slice(0, 24);
    names.set(text, name);
  }
  return name;
}

/** @param mayBeMore of a reading: what is written beside it, such as notices of filings that move on, adds to its rows */
async function run(
  client: pg.Pool | pg.PoolClient,
  { text, values, count }: Statement,
  mayBeMore: boolean,
): Promise<void> {
  const { rowCount } = await client.query({ name: nameOf(text), text, values: [...values] });
  const isRight = mayBeMore ? (rowCount ?? 0) >= count : rowCount === count;
  if (!isRight) throw new Error(`${rowCount} rows instead of ${count}: ${text}`);
}

async function runAll({ statements, isTransaction }: Plan): Promise<void> {
  if (!isTransaction) {
    for (const statement of statements) await run(pool, statement, true);
    return;
  }
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    for (const statement of statements) await run(client, statement, false);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

const given = new Map<string, PlansOfKind & { next: number }>();
process.on('message', (message: PlansOfKind) => {
  given.set(message.kind, { ...message, next: 0 });
  process.send?.('taken');
});

const app = fastify({ logger: false });
app.route({
  method: ['GET', 'POST', 'PUT'],
  url: '/:kind',
  handler: async (request) => {
    const { kind } = request.params as { kind: string };
    const known = given.get(kind);
    const at = known?.next ?? 0;
    const plan = known?.plans[known.isOnce ? at : at % known.plans.length];
    if (known === undefined || plan === undefined) throw new Error(`no plan is left for ${kind}`);
    known.next += 1;
    await runAll(plan);
    return plan.answer;
  },
});
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`);
process.once('SIGTERM', () => process.exit());
// Whoever started it is gone.
process.once('disconnect', () => process.exit());
