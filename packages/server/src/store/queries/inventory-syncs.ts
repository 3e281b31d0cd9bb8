import { z } from 'zod';
import {
  type HeldChange,
  type InventorySyncRow,
  type InventorySyncRows,
  type ShownDifference,
  type SyncResult,
  syncOutcomes,
} from '../../ports/inventory-syncs.ts';
import type { Session } from '../engine/session.ts';
import { toJson } from '../engine/session.ts';
import { parseStored } from '../engine/stored-json.ts';

const columns = `name, due_at AS "dueAt", lease_until AS "leaseUntil", began_at AS "beganAt", ended_at AS "endedAt", outcome,
  succeeded_at AS "succeededAt", failures, result, held_digest AS "heldDigest", confirmed_by AS "confirmedBy"`;

const text = z.object({ zh: z.string(), en: z.string() });
const result: z.ZodType<SyncResult> = z.object({
  counts: z
    .object({
      read: z.number(),
      new: z.number(),
      changed: z.number(),
      gone: z.number(),
      breaking: z.number(),
    })
    .nullable(),
  unread: z.array(text),
  trouble: text.nullable(),
});
const row = z.object({
  name: z.string(),
  dueAt: z.string(),
  leaseUntil: z.string().nullable(),
  beganAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  outcome: z.enum(syncOutcomes).nullable(),
  succeededAt: z.string().nullable(),
  failures: z.number(),
  result: result.nullable(),
  heldDigest: z.string().nullable(),
  confirmedBy: z.string().nullable(),
}) satisfies z.ZodType<InventorySyncRow>;
const compared = { new: z.number(), changed: z.number(), same: z.number() };
const reason = z.object({
  code: z.string(),
  message: text,
  remedy: text.extend({ action: z.string(), before: z.string().nullable() }).nullable(),
  source: z.string().nullable(),
});
const difference: z.ZodType<ShownDifference> = z.object({
  counts: z.object({
    accounts: z.object(compared),
    resources: z.object({ ...compared, gone: z.number(), breaking: z.number() }),
  }),
  accounts: z.array(z.object({ id: z.string(), before: z.string().nullable(), after: z.string() })),
  new: z.array(z.string()),
  changed: z.array(
    z.object({
      id: z.string(),
      fields: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
    }),
  ),
  gone: z.array(z.object({ id: z.string(), accountId: z.string(), facts: z.record(z.string(), z.unknown()) })),
  breaking: z.array(
    z.object({
      id: z.string(),
      accountId: z.string(),
      isGone: z.boolean(),
      codes: z.array(z.object({ id: z.string(), tail: z.string() })),
      filings: z.array(z.object({ id: z.string(), domainName: z.string() })),
      services: z.array(z.object({ number: z.string(), domainName: z.string() })),
      reasons: z.array(reason),
    }),
  ),
  leftOut: z.number(),
});
const held: z.ZodType<HeldChange> = z.object({
  digest: z.string(),
  difference,
  gone: z.array(z.string()),
  breaking: z.array(z.string()),
});

export function inventorySyncRows(session: Session): InventorySyncRows {
  const isOne = async (sql: string, values: readonly unknown[]) => (await session.write(sql, [...values])) === 1;
  return {
    async list(names) {
      const sql = `SELECT ${columns} FROM inventory_sync WHERE name = ANY ($1::text[]) ORDER BY name`;
      const rows = await session.rows<{ name: string }>(sql, [[...names]]);
      return rows.map((one) => parseStored(row, one, { table: 'inventory_sync', row: one.name, column: 'result' }));
    },
    async findHeld(name) {
      const sql = `SELECT held_digest AS digest, held_difference AS difference, held_gone AS gone, held_breaking AS breaking
        FROM inventory_sync WHERE name = $1 AND held_digest IS NOT NULL`;
      const found = await session.row<object>(sql, [name]);
      const at = { table: 'inventory_sync', row: name, column: 'held_difference' };
      return found === null ? null : parseStored(held, found, at);
    },
    async lease(names, owner, at, until) {
      await session.write(
        `INSERT INTO inventory_sync (name, due_at) SELECT name, $2::timestamptz FROM unnest($1::text[]) AS asked (name)
         WHERE name NOT IN (SELECT name FROM inventory_sync) ON CONFLICT (name) DO NOTHING`,
        [[...names], at],
      );
      const taken = await session.row<{ name: string }>(
        `WITH due AS MATERIALIZED (
           SELECT name FROM inventory_sync
           WHERE name = ANY ($1::text[]) AND due_at <= $3 AND (lease_until IS NULL OR lease_until <= $3)
           ORDER BY due_at, name LIMIT 1 FOR UPDATE SKIP LOCKED
         )
         UPDATE inventory_sync SET lease_owner = $2, lease_until = $4, began_at = $3
         WHERE name IN (SELECT name FROM due) RETURNING name`,
        [[...names], owner, at, until],
      );
      return taken?.name ?? null;
    },
    renew: (name, owner, until) =>
      isOne('UPDATE inventory_sync SET lease_until = $3 WHERE name = $1 AND lease_owner = $2', [name, owner, until]),
    async hold(name, owner) {
      const sql = 'SELECT name FROM inventory_sync WHERE name = $1 AND lease_owner = $2 FOR UPDATE';
      return (await session.row(sql, [name, owner])) !== null;
    },
    end(name, owner, { at, dueAt, outcome, result: told, held: change }) {
      // Where a run fails, what waits for an operator and whether that was confirmed stay as they are.
      const kept = (column: string, value: string) =>
        `${column} = CASE WHEN $5 = 'failed' THEN ${column} ELSE ${value} END`;
      return isOne(
        `UPDATE inventory_sync SET lease_owner = NULL, lease_until = NULL, ended_at = $3, due_at = $4, outcome = $5,
           result = $6::jsonb,
           succeeded_at = CASE WHEN $5 = 'done' THEN $3 ELSE succeeded_at END,
           failures = CASE WHEN $5 = 'failed' THEN failures + 1 ELSE 0 END,
           ${kept('held_digest', '$7')}, ${kept('held_difference', '$8::jsonb')}, ${kept('held_gone', '$9::text[]')},
           ${kept('held_breaking', '$10::text[]')}, ${kept('confirmed_by', 'NULL')}
         WHERE name = $1 AND lease_owner = $2`,
        [
          name,
          owner,
          at,
          dueAt,
          outcome,
          toJson(told),
          change?.digest ?? null,
          change === null ? null : toJson(change.difference),
          change === null ? null : [...change.gone],
          change === null ? null : [...change.breaking],
        ],
      );
    },
    async release(name, owner) {
      const sql = `UPDATE inventory_sync SET lease_owner = NULL, lease_until = NULL WHERE name = $1 AND lease_owner = $2`;
      await session.write(sql, [name, owner]);
    },
    async ask(name, at) {
      session.signal('jobs');
      await session.write(
        `INSERT INTO inventory_sync (name, due_at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET due_at = excluded.due_at`,
        [name, at],
      );
    },
    confirm(name, digest, by, at) {
      session.signal('jobs');
      return isOne('UPDATE inventory_sync SET confirmed_by = $3, due_at = $4 WHERE name = $1 AND held_digest = $2', [
        name,
        digest,
        by,
        at,
      ]);
    },
  };
}
