import { provinceFactsSchema } from '@openbeian/model/province';
import type { LookUpRow, LookUpRows, WantedLookUp } from '../../ports/look-ups.ts';
import { type Session, toJson } from '../engine/session.ts';
import { parseStored } from '../engine/stored-json.ts';
import { isWorkable } from './work-failures.ts';

/** An answer lies in columns that are all null where there is none. */
interface ReadLookUp extends Omit<LookUpRow, 'answer'> {
  readonly state: NonNullable<LookUpRow['answer']>['state'] | null;
  readonly askedAt: string | null;
  readonly source: string | null;
  readonly facts: unknown;
  readonly zh: string | null;
  readonly en: string | null;
}

function shaped({ state, askedAt, source, facts, zh, en, ...row }: ReadLookUp): LookUpRow {
  if (state === null) return { ...row, answer: null };
  const at = { table: 'look_up', row: `${row.filingId} ${row.name}`, column: 'facts' };
  const said = { zh: zh ?? '', en: en ?? '' };
  return { ...row, answer: { state, askedAt, source, facts: parseStored(provinceFactsSchema, facts, at), said } };
}

export function lookUpRows(session: Session): LookUpRows {
  return {
    async want(filingId, names, at) {
      session.signal('jobs');
      // Whoever asks now asks about what the form was.
      await session.write(
        `INSERT INTO look_up (filing_id, name, wanted_at) SELECT $1, name, $3 FROM unnest($2::text[]) AS name
         ON CONFLICT (filing_id, name) DO UPDATE
           SET wanted_at = excluded.wanted_at, attempts = 0, lease_owner = NULL, lease_until = NULL`,
        [filingId, [...names], at],
      );
    },
    async list(filingId) {
      const rows = await session.rows<ReadLookUp>(
        `SELECT filing_id AS "filingId", name, wanted_at AS "wantedAt", attempts, about, state, asked_at AS "askedAt", source,
           facts, said_zh AS zh, said_en AS en FROM look_up WHERE filing_id = $1 ORDER BY name`,
        [filingId],
      );
      return rows.map(shaped);
    },
    lease: ({ owner, at, until, limit }) =>
      session.rows<WantedLookUp>(
        `WITH due AS MATERIALIZED (
           SELECT filing_id, name FROM look_up
           WHERE wanted_at <= $1 AND (lease_until IS NULL OR lease_until <= $1)
             AND ${isWorkable('look_up', `look_up.filing_id || ':' || look_up.name`, '$1')}
           ORDER BY wanted_at, filing_id, name LIMIT $2 FOR UPDATE SKIP LOCKED
         )
         UPDATE look_up SET lease_owner = $3, lease_until = $4 FROM due
         WHERE look_up.filing_id = due.filing_id AND look_up.name = due.name
         RETURNING look_up.filing_id AS "filingId", look_up.name, look_up.attempts`,
        [at, limit, owner, until],
      ),
    async record({ filingId, name }, owner, { answer, about, attempts, wantedAt }) {
      const { state, askedAt, source, facts, said } = answer;
      const written = await session.write(
        `UPDATE look_up SET state = $4, asked_at = $5, source = $6, facts = $7::jsonb, said_zh = $8, said_en = $9, about = $10,
           attempts = $11, wanted_at = $12, lease_owner = NULL, lease_until = NULL
         WHERE filing_id = $1 AND name = $2 AND lease_owner = $3`,
        [filingId, name, owner, state, askedAt, source, toJson(facts), said.zh, said.en, about, attempts, wantedAt],
      );
      return written === 1;
    },
    async release({ filingId, name }, owner, wantedAt) {
      await session.write(
        `UPDATE look_up SET wanted_at = $4, lease_owner = NULL, lease_until = NULL
         WHERE filing_id = $1 AND name = $2 AND lease_owner = $3`,
        [filingId, name, owner, wantedAt],
      );
    },
  };
}
