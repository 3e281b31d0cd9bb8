import type { RevealRows } from '../../ports/reveals.ts';
import type { Session } from '../engine/session.ts';

export function revealRows(session: Session): RevealRows {
  return {
    async count(actorId, shiftAt, limit) {
      const written = await session.write(
        `INSERT INTO reveal_shift AS known (actor_id, shift_at, count) SELECT $1, $2, 1 WHERE $3::integer > 0
         ON CONFLICT (actor_id, shift_at) DO UPDATE SET count = known.count + 1 WHERE known.count < $3`,
        [actorId, shiftAt, limit],
      );
      return written === 1;
    },
    async alert(actorId, shiftAt, at) {
      const written = await session.write(
        `UPDATE reveal_shift SET alerted_at = $3 WHERE actor_id = $1 AND shift_at = $2 AND alerted_at IS NULL`,
        [actorId, shiftAt, at],
      );
      return written === 1;
    },
    deleteBefore: (instant, limit) =>
      session.write(
        `DELETE FROM reveal_shift WHERE (actor_id, shift_at) IN (
           SELECT actor_id, shift_at FROM reveal_shift WHERE shift_at < $1 LIMIT $2)`,
        [instant, limit],
      ),
  };
}
