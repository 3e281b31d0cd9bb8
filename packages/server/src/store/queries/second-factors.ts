import type { PasskeyRow, SecondFactorRows, TotpRow } from '../../ports/second-factors.ts';
import type { Session } from '../engine/session.ts';

const passkeyColumns = `id, user_id AS "userId", credential_id AS "credentialId", public_key AS "publicKey", counter,
  transports, name, made_at AS "madeAt", last_used_at AS "lastUsedAt"`;

export function secondFactorRows(session: Session): SecondFactorRows {
  const one = async (sql: string, values: readonly unknown[]) => (await session.write(sql, values)) === 1;
  return {
    findTotp: (userId) =>
      session.row<TotpRow>(
        `SELECT user_id AS "userId", sealed_secret AS "sealedSecret", confirmed_at AS "confirmedAt"
         FROM person_totp WHERE user_id = $1`,
        [userId],
      ),
    putTotp: (userId, sealedSecret, at) =>
      one(
        `INSERT INTO person_totp (user_id, sealed_secret, made_at) VALUES ($1, $2, $3)
         ON CONFLICT (user_id) DO UPDATE SET sealed_secret = excluded.sealed_secret, made_at = excluded.made_at,
           last_step = 0 WHERE person_totp.confirmed_at IS NULL`,
        [userId, sealedSecret, at],
      ),
    takeTotpStep: (userId, step) =>
      one(`UPDATE person_totp SET last_step = $2 WHERE user_id = $1 AND confirmed_at IS NOT NULL AND last_step < $2`, [
        userId,
        step,
      ]),
    confirmTotp: (userId, step, at) =>
      one(`UPDATE person_totp SET last_step = $2, confirmed_at = $3 WHERE user_id = $1 AND confirmed_at IS NULL`, [
        userId,
        step,
        at,
      ]),
    deleteTotp: (userId) => one('DELETE FROM person_totp WHERE user_id = $1', [userId]),
    async putRecoveryCodes(userId, digests) {
      await session.write('DELETE FROM person_recovery_code WHERE user_id = $1', [userId]);
      await session.write(
        'INSERT INTO person_recovery_code (user_id, digest) SELECT $1, digest FROM unnest($2::text[]) AS new (digest)',
        [userId, [...digests]],
      );
    },
    listRecoveryCodes: async (userId) =>
      (
        await session.rows<{ digest: string }>(
          'SELECT digest FROM person_recovery_code WHERE user_id = $1 ORDER BY digest',
          [userId],
        )
      ).map(({ digest }) => digest),
    async replaceRecoveryCodes(userId, earlier, digests) {
      // Whoever else replaces them, or removes the app they belong to, waits here.
      const locked = await session.row(
        'SELECT 1 AS locked FROM person_totp WHERE user_id = $1 AND confirmed_at IS NOT NULL FOR UPDATE',
        [userId],
      );
      if (locked === null) return false;
      const removed = await session.rows<{ digest: string }>(
        'DELETE FROM person_recovery_code WHERE user_id = $1 RETURNING digest',
        [userId],
      );
      const left = new Set(earlier);
      if (removed.length !== left.size || !removed.every(({ digest }) => left.has(digest))) return false;
      await session.write(
        'INSERT INTO person_recovery_code (user_id, digest) SELECT $1, digest FROM unnest($2::text[]) AS new (digest)',
        [userId, [...digests]],
      );
      return true;
    },
    async hasRecoveryCode(userId, digest) {
      const row = await session.row<{ digest: string }>(
        'SELECT digest FROM person_recovery_code WHERE user_id = $1 AND digest = $2',
        [userId, digest],
      );
      return row !== null;
    },
    takeRecoveryCode: (userId, digest) =>
      one('DELETE FROM person_recovery_code WHERE user_id = $1 AND digest = $2', [userId, digest]),
    listPasskeys: (userId) =>
      session.rows<PasskeyRow>(`SELECT ${passkeyColumns} FROM person_passkey WHERE user_id = $1 ORDER BY id`, [userId]),
    findPasskey: (credentialId) =>
      session.row<PasskeyRow>(`SELECT ${passkeyColumns} FROM person_passkey WHERE credential_id = $1`, [credentialId]),
    insertPasskey: (row) =>
      one(
        `INSERT INTO person_passkey (id, user_id, credential_id, public_key, counter, transports, name, made_at)
         VALUES ($1, $2, $3, $4, $5, $6::text[], $7, $8) ON CONFLICT DO NOTHING`,
        [row.id, row.userId, row.credentialId, row.publicKey, row.counter, [...row.transports], row.name, row.madeAt],
      ),
    usePasskey: (id, fromCounter, toCounter, at) =>
      one('UPDATE person_passkey SET counter = $3, last_used_at = $4 WHERE id = $1 AND counter = $2', [
        id,
        fromCounter,
        toCounter,
        at,
      ]),
    deletePasskey: (userId, id) => one('DELETE FROM person_passkey WHERE user_id = $1 AND id = $2', [userId, id]),
    deleteAllPasskeys: (userId) => session.write('DELETE FROM person_passkey WHERE user_id = $1', [userId]),
  };
}
