import type { SaidTextRows } from '../../ports/said-texts.ts';
import type { Session } from '../engine/session.ts';

export function saidTextRows(session: Session): SaidTextRows {
  return {
    async insert({ id, sealed, at, ofAudit }) {
      await session.write('INSERT INTO said_text (id, sealed_text, said_at, of_audit) VALUES ($1, $2, $3, $4)', [
        id,
        sealed,
        at,
        ofAudit,
      ]);
    },
    list: (ids) =>
      session.rows('SELECT id, sealed_text AS sealed FROM said_text WHERE id = ANY ($1::text[])', [[...ids]]),
  };
}
