import type { OneTimeToken, SessionRow, SignedInRow, SignInRows } from '../../ports/sign-ins.ts';
import type { Session } from '../engine/session.ts';
import { lockPerson } from './people.ts';

const sessionColumns = `id, "userId", "createdAt", "lastSeenAt", "expiresAt", "openedBy", device`;
const tokenColumns = `digest, purpose, user_id AS "userId", expires_at AS "expiresAt"`;

/** Sessions with their people by their tokens, in the order of the tokens; null where there is none. */
export async function findSignedIn(session: Session, asked: readonly string[]): Promise<(SignedInRow | null)[]> {
  const rows = await session.rows<SignedInRow & { readonly token: string }>(
    `SELECT s.token, s.id AS "sessionId", s."expiresAt", s."lastSeenAt", s."secondFactorDue", s."supportAccessId",
       s."supportAccountId", s."supportUntil", u.id AS "userId", u.username AS login, u.name AS "displayName", u.role,
       u."accountId", u."memberRight" AS "right", u."disabledAt"
     FROM auth_session s JOIN auth_user u ON u.id = s."userId" WHERE s.token = ANY ($1::text[])`,
    [[...new Set(asked)]],
  );
  const found = new Map(rows.map(({ token, ...row }) => [token, row]));
  return asked.map((token) => found.get(token) ?? null);
}

export function signInRows(session: Session): SignInRows {
  return { ...sessions(session), ...tokens(session), ...failures(session) };
}

type Sessions = Pick<
  SignInRows,
  'insertSession' | 'listSessions' | 'findSession' | 'endSession' | 'endSessions' | 'liftSecondFactorDue' | 'purge'
>;

function sessions(session: Session): Sessions {
  return {
    async insertSession(row, most) {
      // Locks the person as `lockPerson` does.
      const signedIn = await session.write(
        `UPDATE auth_user SET "lastSignInAt" = $2 WHERE id = $1 AND "disabledAt" IS NULL`,
        [row.userId, row.createdAt],
      );
      if (signedIn !== 1) return false;
      await session.write(
        `INSERT INTO auth_session (id, token, "userId", "createdAt", "updatedAt", "lastSeenAt", "expiresAt", "openedBy",
           device, "secondFactorDue") VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9)`,
        [
          row.id,
          row.token,
          row.userId,
          row.createdAt,
          row.lastSeenAt,
          row.expiresAt,
          row.openedBy,
          row.device,
          row.secondFactorDue,
        ],
      );
      await session.write(
        `DELETE FROM auth_session WHERE id IN (
           SELECT id FROM auth_session WHERE "userId" = $1 ORDER BY "createdAt" DESC, id DESC OFFSET $2)`,
        [row.userId, most],
      );
      return true;
    },
    listSessions: (userId, at) =>
      session.rows<SessionRow>(
        `SELECT ${sessionColumns} FROM auth_session WHERE "userId" = $1 AND "expiresAt" > $2
         ORDER BY "createdAt" DESC, id DESC`,
        [userId, at],
      ),
    findSession: (id) => session.row<SessionRow>(`SELECT ${sessionColumns} FROM auth_session WHERE id = $1`, [id]),
    async endSession(userId, id) {
      return (await session.write('DELETE FROM auth_session WHERE id = $1 AND "userId" = $2', [id, userId])) === 1;
    },
    async endSessions(userId, butId) {
      await lockPerson(session, userId);
      return session.write('DELETE FROM auth_session WHERE "userId" = $1 AND id IS DISTINCT FROM $2::text', [
        userId,
        butId,
      ]);
    },
    async liftSecondFactorDue(userId) {
      await session.write('UPDATE auth_session SET "secondFactorDue" = false WHERE "userId" = $1', [userId]);
    },
    async purge(at, limit) {
      const purged = await session.write(
        `DELETE FROM auth_session WHERE id = ANY (ARRAY(
           SELECT id FROM auth_session WHERE "expiresAt" < $1 ORDER BY "expiresAt" LIMIT $2 FOR UPDATE SKIP LOCKED))`,
        [at, limit],
      );
      return (
        purged +
        (await session.write(
          `DELETE FROM one_time_token WHERE digest = ANY (ARRAY(
             SELECT digest FROM one_time_token WHERE expires_at < $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED))`,
          [at, limit],
        ))
      );
    },
  };
}

type Tokens = Pick<SignInRows, 'putToken' | 'claimToken' | 'findToken' | 'takeToken' | 'dropTokens'>;

function tokens(session: Session): Tokens {
  const insert = ({ digest, purpose, userId, expiresAt }: OneTimeToken, at: string) =>
    session.write(
      `INSERT INTO one_time_token (digest, purpose, user_id, payload, made_at, expires_at)
       VALUES ($1, $2, $3, '{}', $4, $5) ON CONFLICT DO NOTHING`,
      [digest, purpose, userId, at, expiresAt],
    );
  return {
    putToken: async (token, at) => void (await insert(token, at)),
    claimToken: async (token, at) => (await insert(token, at)) === 1,
    findToken: (digest, purposes, at) =>
      session.row<OneTimeToken>(
        `SELECT ${tokenColumns} FROM one_time_token
         WHERE digest = $1 AND purpose = ANY ($2::text[]) AND expires_at > $3`,
        [digest, [...purposes], at],
      ),
    takeToken: (digest, purposes, at) =>
      session.row<OneTimeToken>(
        `DELETE FROM one_time_token WHERE digest = $1 AND purpose = ANY ($2::text[]) AND expires_at > $3
         RETURNING ${tokenColumns}`,
        [digest, [...purposes], at],
      ),
    async dropTokens(userId, purposes) {
      await session.write('DELETE FROM one_time_token WHERE user_id = $1 AND purpose = ANY ($2::text[])', [
        userId,
        [...purposes],
      ]);
    },
  };
}

type Failures = Pick<SignInRows, 'countFailures' | 'addFailures' | 'takeBackFailures' | 'forgetFailures'>;

/** In `auth_rate_limit`, `lastRequest` is when the window began. */
function failures(session: Session): Failures {
  const asked = `unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS asked (key, begun, n)`;
  const valuesOf = (keys: readonly { key: string; windowSeconds: number }[], nowMs: number) => [
    keys.map(({ key }) => key),
    keys.map(({ windowSeconds }) => nowMs - windowSeconds * 1000),
  ];
  return {
    async countFailures(keys, nowMs) {
      const rows = await session.rows<{ count: number }>(
        `SELECT coalesce(known.count, 0) AS count FROM ${asked}
         LEFT JOIN auth_rate_limit AS known ON known.key = asked.key AND known."lastRequest" > asked.begun ORDER BY n`,
        valuesOf(keys, nowMs),
      );
      return rows.map(({ count }) => count);
    },
    async addFailures(keys, nowMs) {
      const rows = await session.rows<{ key: string; count: number }>(
        `INSERT INTO auth_rate_limit AS known (id, key, count, "lastRequest")
         SELECT gen_random_uuid(), key, 1, $3::bigint FROM ${asked} ORDER BY key
         ON CONFLICT (key) DO UPDATE SET
           count = CASE WHEN known."lastRequest" <= (SELECT begun FROM ${asked} WHERE asked.key = known.key)
             THEN 1 ELSE known.count + 1 END,
           "lastRequest" = CASE WHEN known."lastRequest" <= (SELECT begun FROM ${asked} WHERE asked.key = known.key)
             THEN $3::bigint ELSE known."lastRequest" END
         RETURNING key, count`,
        [...valuesOf(keys, nowMs), nowMs],
      );
      return keys.map(({ key }) => rows.find((row) => row.key === key)?.count ?? 0);
    },
    async takeBackFailures(keys) {
      await session.write('UPDATE auth_rate_limit SET count = greatest(count - 1, 0) WHERE key = ANY ($1::text[])', [
        keys.map(({ key }) => key),
      ]);
    },
    async forgetFailures(keys) {
      await session.write('DELETE FROM auth_rate_limit WHERE key = ANY ($1::text[])', [keys.map(({ key }) => key)]);
    },
  };
}
