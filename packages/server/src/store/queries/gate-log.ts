import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDay } from '@openbeian/model/calendar';
import { Fault } from '@openbeian/model/fault';
import { serviceKinds } from '@openbeian/model/filing';
import { closedRecord, type GateRecord, gateRecordStates, isOfExactName } from '@openbeian/model/gate';
import { z } from 'zod';
import type {
  GateChangeRow,
  GateEntriesHead,
  GateEntriesTaker,
  GateLogRows,
  UnreadableEntry,
} from '../../ports/gate-log.ts';
import { readableOf } from '../../ports/stored.ts';
import type { Session } from '../engine/session.ts';
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

type Table = 'gate_entry' | 'gate_log';

const parseRecord = (table: Table, row: string, record: unknown) =>
  parseStored(recordShape, record, { table, row, column: 'record' });

/** The record; one that cannot be read closes its name, and no other, and is added to `unreadable`. */
function recordOrClosed(
  { table, row }: { readonly table: Table; readonly row: string },
  { name, exact, record }: { readonly name: string; readonly exact: boolean; readonly record: unknown },
  unreadable: UnreadableEntry[],
): GateRecord {
  const parsed = parseRecord(table, row, record);
  if (!(parsed instanceof Fault) && parsed.name === name && isOfExactName(parsed) === exact) return parsed;
  const cause = parsed instanceof Fault ? parsed.message : `record of row ${row} in table ${table} is another name’s`;
  unreadable.push({ name, cause });
  return closedRecord({ name, exact });
}

export function gateLogRows(session: Session): GateLogRows {
  const isReplaced = async ({ name, exact, sequence }: GateChangeRow): Promise<boolean> =>
    (await session.row(
      'SELECT 1 AS later FROM gate_log WHERE name = $1 AND exact = $2 AND sequence > $3::bigint LIMIT 1',
      [name, exact, sequence],
    )) !== null;
  return {
    async snapshot() {
      // One statement, hence one snapshot: the version and the records belong together.
      const row = await session.row<{ version: number; changedAt: string; entries: [string, boolean, unknown][] }>(
        `SELECT version, changed_at AS "changedAt",
                (SELECT coalesce(json_agg(json_build_array(name, exact, record) ORDER BY name, exact), '[]') FROM gate_entry)
                  AS entries
         FROM gate_change`,
      );
      if (row === null) throw new Error('gate_change has lost its row');
      const { version, changedAt, entries } = row;
      const unreadable: UnreadableEntry[] = [];
      const records = entries.map(([name, exact, record]) =>
        recordOrClosed({ table: 'gate_entry', row: name }, { name, exact, record }, unreadable),
      );
      return { version, changedAt, records, unreadable };
    },
    async find(names) {
      const rows = await session.rows<{ name: string; record: unknown }>(
        'SELECT name, record FROM gate_entry WHERE name = ANY ($1::text[]) ORDER BY name, exact',
        [names],
      );
      return rows.map(({ name, record }) => readableOf(parseRecord('gate_entry', name, record)));
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
      const unreadable: UnreadableEntry[] = [];
      const read: GateChangeRow[] = [];
      for (const change of changes) {
        const found: UnreadableEntry[] = [];
        const place = { table: 'gate_log', row: String(change.sequence) } as const;
        read.push({ ...change, record: change.record === null ? null : recordOrClosed(place, change, found) });
        if (found.length > 0 && !(await isReplaced(change))) unreadable.push(...found);
      }
      return { ...head, changes: read, unreadable };
    },
    async renew(name, at) {
      // What is there now is written again even where it is the same: gates may have closed the name.
      await session.write(`UPDATE gate_entry SET record = '{}' WHERE name = $1`, [name]);
      await session.row('SELECT log_gate_changes(ARRAY[$1::text], $2::timestamptz) AS logged', [name, at]);
    },
  };
}

/** Runs work on a session of its own: others have the database before it, and after. */
type InTurn = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

/*
 * A page takes about this long, whichever database it is and whatever else is done there: so long others wait on the embedded one,
 * which has one session and works in this thread.
 */
const shortestPageMs = 4;
const longestPageMs = 10;
const [fewestEntries, mostEntries] = [100, 5000];
/** How often reading begins again where more changed meanwhile than the log keeps. */
const readings = 3;

/** As the port says: the pages are of different moments, and the log's changes since the first make them one. */
export async function readGateEntries(inTurn: InTurn, begin: () => GateEntriesTaker): Promise<GateEntriesHead> {
  for (let reading = 1; reading <= readings; reading += 1) {
    const from = await inTurn((session) =>
      session.row<GateEntriesHead>('SELECT version AS sequence, history_digest AS mark FROM gate_change'),
    );
    if (from === null) throw new Error('gate_change has lost its row');
    const taker = begin();
    await readPages(inTurn, taker);
    const head = await readChanges(inTurn, taker, from);
    if (head !== null) return head;
  }
  throw new Error('more changed while the entries of gates were read than their log keeps');
}

interface Page {
  readonly lines: string | null;
  readonly name: string;
  readonly exact: boolean;
  readonly count: number;
}

async function readPages(inTurn: InTurn, taker: GateEntriesTaker): Promise<void> {
  let last = { name: '', exact: false };
  let size = fewestEntries;
  let taking = Promise.resolve();
  for (;;) {
    let tookMs = 0;
    const page = await inTurn(async (session) => {
      const begunMs = performance.now();
      const read = await session.row<Page>(pageStatement, [last.name, last.exact, size]);
      tookMs = performance.now() - begunMs;
      return read;
    });
    await taking;
    if (page === null || page.lines === null) return;
    // The next page is read while this one is taken.
    taking = taker.page(page.lines);
    taking.catch(() => {});
    if (page.count < size) return taking;
    last = page;
    if (tookMs > longestPageMs) size = Math.max(fewestEntries, Math.floor(size / 2));
    else if (tookMs < shortestPageMs) size = Math.min(mostEntries, size * 2);
    // The embedded database answers without leaving this turn of the event loop.
    await nextTurn();
  }
}

/** One that is no record of its name comes as its key alone, which no record looks like. */
const pageStatement = `SELECT string_agg(CASE WHEN record->>'name' = name
          AND coalesce(record->>'serviceKind' IN ('app', 'mini_program'), false) = exact THEN record::text
          ELSE jsonb_build_object('name', name, 'exact', exact)::text END, E'\n') AS lines, count(*) AS count,
        (array_agg(name))[count(*)] AS name, (array_agg(exact))[count(*)] AS exact
 FROM (SELECT name, exact, record FROM gate_entry WHERE (name, exact) > ($1::text, $2::boolean)
       ORDER BY name, exact LIMIT $3) AS page`;

/** Hands over what changed since `from`, up to what is known now; null where the log no longer reaches back so far. */
async function readChanges(
  inTurn: InTurn,
  taker: GateEntriesTaker,
  from: GateEntriesHead,
): Promise<GateEntriesHead | null> {
  let head = from;
  let target: number | null = null;
  for (;;) {
    const { sequence, mark } = head;
    const found = await inTurn((session) => gateLogRows(session).changesAfter(sequence, changesAtOnce));
    if (found.markAtAfter !== mark) return null;
    target ??= found.version;
    const end = found.changes.at(-1);
    if (end === undefined) return head;
    await taker.changes(found.changes);
    head = { sequence: end.sequence, mark: end.mark };
    if (end.sequence >= target) return head;
  }
}

const changesAtOnce = 1000;
