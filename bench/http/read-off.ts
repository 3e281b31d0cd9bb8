import type { OperationId } from '@openbeian/contract';
import { operations } from '@openbeian/contract';
import pg from 'pg';
import { type Ask, callOf } from './asks.ts';
import { type Kind, kinds } from './mix.ts';
import type { Plan, Statement } from './plans.ts';
import type { World } from './world.ts';

type Query = (...asked: unknown[]) => Promise<pg.QueryResult>;

/** Statements of the flow that are read off now; null: everything goes its way. */
let reading: Reading | null = null;
interface Reading {
  readonly kind: Kind;
  readonly seen: Seen[];
  commits: number;
}
interface Seen extends Statement {
  readonly isInTransaction: boolean;
}

const inTransaction = new WeakSet<object>();
const isWriting = (text: string) =>
  /^\s*(INSERT|UPDATE|DELETE|WITH[\s\S]*\b(INSERT INTO|UPDATE|DELETE FROM)\b)/i.test(text);

/**
 * What a flow sends is read off on its way to PostgreSQL, and its last transaction is undone instead of committed: the peer
 * then sends the very same.
 */
export function watchStatements(): void {
  const original = pg.Client.prototype.query as Query;
  function query(this: pg.Client, ...given: unknown[]): Promise<pg.QueryResult> {
    // A pool of its own asks with a callback; it is none of the flow's.
    return reading === null || given.length > 2 ? original.apply(this, given) : watched.call(this, reading, given);
  }
  async function watched(this: pg.Client, into: Reading, [asked, given]: unknown[]): Promise<pg.QueryResult> {
    const ask = (text: unknown = asked, values: unknown = given) => original.call(this, text, values);
    const { text = String(asked), values = (given ?? []) as unknown[] } = (asked ?? {}) as {
      text?: string;
      values?: unknown[];
    };
    if (text.startsWith('BEGIN')) inTransaction.add(this);
    if (/^(COMMIT|ROLLBACK)/.test(text)) {
      inTransaction.delete(this);
      into.commits += 1;
      if (text !== 'COMMIT' || !into.kind.writes || into.commits <= (into.kind.before ?? 0)) return ask();
      return { ...(await ask('ROLLBACK', [])), command: 'COMMIT' };
    }
    if (/^(BEGIN|LISTEN|NOTIFY|SELECT pg_notify|SET )/i.test(text)) return ask();
    const isInTransaction = inTransaction.has(this);
    // By itself: what is not committed must be in a transaction.
    const isAlone = !isInTransaction && into.kind.writes && isWriting(text);
    if (isAlone) await ask('BEGIN', []);
    const answer = await ask();
    if (isAlone) await ask('ROLLBACK', []);
    // What a driver is given is an array.
    into.seen.push({ text, values, count: answer.rowCount ?? 0, isInTransaction });
    return answer;
  }
  pg.Client.prototype.query = query;
}

/** What the flow did for this question. */
export interface ReadOff {
  readonly plan: Plan;
  /** Of the flow, its BEGIN and COMMIT included; those of the session come on top. */
  readonly statements: number;
  readonly all: readonly Statement[];
}

type AnyFlow = (call: object, input: object) => Promise<unknown>;

async function runReading(kind: Kind, seen: Seen[], run: () => Promise<unknown>) {
  const own: Reading = { kind, seen, commits: 0 };
  reading = own;
  try {
    return { given: await run(), commits: own.commits };
  } finally {
    reading = null;
  }
}

/** Runs the flow of a question without leaving anything behind. One at a time. */
export async function readOff(ask: Ask, { deployment, sql }: World): Promise<ReadOff> {
  const kind: Kind = kinds[ask.kind];
  const { input, ...call } = callOf(ask);
  const id = kind.operation === 'query' ? 'searchRecords' : kind.operation;
  // `callOf` makes what this flow takes.
  const flow = deployment.flows[id as keyof typeof deployment.flows] as unknown as AnyFlow;
  const seen: Seen[] = [];
  const { commits, given } = await runReading(kind, seen, () => flow(call, input));
  if (kind.before !== undefined) await sql.query('DELETE FROM idempotency WHERE key = $1', [call.idempotencyKey]);
  if (commits > 8) throw new Error(`${ask.kind} has ${commits} transactions`);
  const answer =
    kind.operation === 'query' ? given : operations[kind.operation satisfies OperationId].answer.parse(given);
  const central = kind.writes
    ? seen.filter(({ text }) => isWriting(text))
    : seen.filter(({ text }) => kind.central?.test(text) === true);
  if (central.length === 0)
    throw new Error(`${ask.kind}: no statement was seen among ${seen.map(({ text }) => text).join('\n')}`);
  const isTransaction = kind.writes && central.some(({ isInTransaction }) => isInTransaction);
  const transactions = seen.some(({ isInTransaction }) => isInTransaction) ? 2 * (1 + (kind.before ?? 0)) : 0;
  const statements = central.map(({ text, values, count }) => ({ text, values, count }));
  return { plan: { statements, isTransaction, answer }, statements: seen.length + transactions, all: seen };
}
