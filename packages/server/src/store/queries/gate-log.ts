import { isDay } from '@openbeian/model/calendar';
import { serviceKinds } from '@openbeian/model/filing';
import { type GateRecord, gateRecordStates } from '@openbeian/model/gate';
import { z } from 'zod';
import type { GateChangeRow, GateEntriesHead, GateLogRows } from '../../ports/gate-log.ts';
import { readableOf } from '../../ports/stored.ts';
import type { Connection } from '../engine/connection.ts';
import { Session } from '../engine/session.ts';
import { parseStored } from '../engine/stored-json.ts';

const day = z.string().refine(isDay);
/** As the database's own triggers write it: names are in their normal form already, which is not worked out again. */
const recordShape: z.ZodType<GateRecord> = z.object({
  name: z.string(),
  number: z.string(),
  accesses: z.array(z.string()),
  state: z.enum(gateRecordStates).optional(),
  graceUntil: day.optional(),
  serviceKind: z.enum(serviceKinds).optional(),
  since: day.optional(),
});

/** @throws Fault `store.unreadable`, naming the row: a gate that misses one record would close a name that is filed. */
const recordOf = (table: 'gate_entry' | 'gate_log', row: string, record: unknown): GateRecord =>
  readableOf(parseStored(recordShape, record, { table, row, column: 'record' }));

/** Names the row where nothing of its record can be relied on. */
function nameIn(record: unknown): string {
  const name: unknown = typeof record === 'object' && record !== null && 'name' in record ? record.name : null;
  return typeof name === 'string' ? name : 'without a name';
}

export function gateLogRows(session: Session): GateLogRows {
  return {
    async snapshot() {
      // One statement, hence one snapshot: the version and the records belong together.
      const row = await session.row<{ version: number; changedAt: string; records: unknown[] }>(
        `SELECT version, changed_at AS "changedAt",
                (SELECT coalesce(json_agg(record ORDER BY name, exact), '[]') FROM gate_entry) AS records
         FROM gate_change`,
      );
      if (row === null) throw new Error('gate_change has lost its row');
      return { ...row, records: row.records.map((record) => recordOf('gate_entry', nameIn(record), record)) };
    },
    async find(names) {
      const rows = await session.rows<{ name: string; record: unknown }>(
        'SELECT name, record FROM gate_entry WHERE name = ANY ($1::text[]) ORDER BY name, exact',
        [names],
      );
      return rows.map(({ name, record }) => recordOf('gate_entry', name, record));
    },
    async version() {
      const row = await session.row<{ version: number }>('SELECT version FROM gate_change');
      return row?.version ?? 0;
    },
    async changesAfter(after, limit) {
      const head = await session.row<{ version: number; markAtAfter: string | null }>(
        `SELECT version, CASE WHEN version = $1::bigint THEN history_digest
                         ELSE (SELECT l.history_digest FROM gate_log l WHERE l.sequence = $1::bigint) END AS "markAtAfter"
         FROM gate_change`,
        [after],
      );
      if (head === null) throw new Error('gate_change has lost its row');
      // What one transaction changed stays in one piece, even where that is more than the limit.
      const changes = await session.rows<GateChangeRow>(
        `SELECT sequence, name, exact, record, history_digest AS mark FROM gate_log
         WHERE sequence > $1::bigint AND sequence <= coalesce(
           (SELECT max(l.sequence) FROM gate_log l WHERE l.sequence >= $1::bigint + $2::bigint
            AND l.tx = (SELECT tx FROM gate_log WHERE sequence = $1::bigint + $2::bigint)), $1::bigint + $2::bigint)
         ORDER BY sequence`,
        [after, limit],
      );
      return {
        ...head,
        changes: changes.map((change) => ({
          ...change,
          record: change.record === null ? null : recordOf('gate_log', String(change.sequence), change.record),
        })),
      };
    },
  };
}

/** Entries in one answer of the database: some 200 KB of text. */
const entriesAtOnce = 2000;

/** Reads all that gates know on one connection, in pages of JSON lines, without holding anybody up on PostgreSQL. */
export async function readGateEntries(
  connection: Connection,
  visit: (head: GateEntriesHead) => (lines: string) => Promise<void>,
): Promise<void> {
  const session = new Session(connection);
  await session.write('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    // Counting ten million entries takes longer than any statement of a request may.
    await session.write('SET LOCAL statement_timeout = 0');
    const head = await session.row<GateEntriesHead>(
      'SELECT version AS sequence, history_digest AS mark, (SELECT count(*) FROM gate_entry) AS count FROM gate_change',
    );
    if (head === null) throw new Error('gate_change has lost its row');
    const take = visit(head);
    let last = { name: '', exact: false };
    for (;;) {
      const page = await session.row<{ lines: string | null; name: string; exact: boolean; count: number }>(
        `SELECT string_agg(record::text, E'\n') AS lines, count(*) AS count,
                (array_agg(name))[count(*)] AS name, (array_agg(exact))[count(*)] AS exact
         FROM (SELECT name, exact, record FROM gate_entry WHERE (name, exact) > ($1::text, $2::boolean)
               ORDER BY name, exact LIMIT $3) AS page`,
        [last.name, last.exact, entriesAtOnce],
      );
      if (page === null || page.lines === null) break;
      await take(page.lines);
      if (page.count < entriesAtOnce) break;
      last = page;
    }
  } finally {
    await session.write('ROLLBACK');
  }
}
