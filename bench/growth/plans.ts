import pg from 'pg';
import type { Filled } from './filled.ts';

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

/** The plans of all statements of one question, as PostgreSQL tells them after running them. */
export async function plansOf(
  filled: Filled,
  at: number,
): Promise<{ readonly told: readonly string[]; readonly pages: number }> {
  const statements = await statementsOf(() => filled.ask(at));
  const client = new pg.Client({ connectionString: filled.url });
  await client.connect();
  const told: string[] = [];
  let pages = 0;
  try {
    for (const { text, values } of statements) {
      if (!/^\s*\(?(SELECT|WITH)/i.test(text)) continue;
      await client.query('BEGIN');
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode; 'Execution Time': number }] }>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
        [...values],
      );
      await client.query('ROLLBACK');
      const [found] = rows[0]?.['QUERY PLAN'] ?? [];
      if (found === undefined) continue;
      told.push(
        `  ${filled.isLarge ? 'many' : 'few '} ${found['Execution Time'].toFixed(1)} ms ${text.replace(/\s+/g, ' ').slice(0, 160)}`,
      );
      told.push(...linesOf(found.Plan, 2));
      pages += pagesOf(found.Plan);
    }
  } finally {
    await client.end();
  }
  return { told, pages };
}

const pagesOf = (node: PlanNode): number => node['Shared Hit Blocks'] + node['Shared Read Blocks'];

function linesOf(node: PlanNode, depth: number): string[] {
  const about = [node['Relation Name'], node['Index Name']].filter((part) => part !== undefined).join(' by ');
  const rows = Math.round(node['Actual Rows'] * node['Actual Loops']);
  const line = `${'  '.repeat(depth)}${node['Node Type']} ${about}: ${rows} rows, ${pagesOf(node)} pages, ${node['Shared Read Blocks']} of them read`;
  return [line, ...(node.Plans ?? []).flatMap((below) => linesOf(below, depth + 1))];
}

/** What the flows send while this runs. */
async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const seen: Statement[] = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function query(this: pg.Client, ...args: unknown[]) {
    const [asked, values] = args as [Statement | string, unknown];
    if (typeof asked === 'object') seen.push({ text: asked.text, values: asked.values });
    // As Kysely asks.
    else if (Array.isArray(values)) seen.push({ text: asked, values });
    return Reflect.apply(original, this, args) as never;
  };
  try {
    await work();
  } finally {
    pg.Client.prototype.query = original;
  }
  return seen;
}
