import type { LockedOwner, PeopleFilter, PeopleRows, PersonMailRow, PersonRow } from '../../ports/people.ts';
import type { Session } from '../engine/session.ts';
import { foundIds, gramsOf } from './found-ids.ts';
import { type Condition, type Keyset, pageClause } from './keyset.ts';

const byLogin: Keyset = { columns: [['login', 'text']] };

const inRow = `(strpos(lower(username), lower($?)) > 0 OR strpos(lower(name), lower($?)) > 0)`;

/** The first part is the one that the indexes auth_user_search and auth_user_by_sixes answer. */
const found = (search: string) => `(${gramsOf(`username || ' ' || name`, search)} AND ${inRow})`;

const peopleAt = (
  instant: string,
) => `SELECT id, username AS login, name AS "displayName", role, "accountId", "memberRight" AS "right",
    greatest("lastSignInAt", (SELECT max(s."createdAt") FROM auth_session s WHERE s."userId" = u.id)) AS "lastSignInAt",
    "createdAt", "disabledAt",
    sealed_mail AS "sealedMail",
    EXISTS (SELECT FROM auth_credential c WHERE c."userId" = u.id AND c."providerId" = 'credential') AS "hasPassword",
    coalesce((SELECT c."providerId" FROM auth_credential c WHERE c."userId" = u.id AND c."providerId" <> 'credential' LIMIT 1),
      'here') AS "signsInBy",
    EXISTS (SELECT FROM person_totp t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL) AS "hasTotp",
    (SELECT count(*) FROM person_passkey p WHERE p.user_id = u.id) AS passkeys,
    (SELECT count(*) FROM person_recovery_code r WHERE r.user_id = u.id) AS "recoveryCodes",
    (SELECT count(*) FROM auth_session s WHERE s."userId" = u.id AND s."expiresAt" > ${instant}::timestamptz) AS sessions
  FROM auth_user u`;
const people = peopleAt('$1');

/** @param of the table or subquery that the rows are of */
function narrowedTo(of: string, role: PeopleFilter['role'], state: PeopleFilter['state']): Condition[] {
  const hasWayIn = `EXISTS (SELECT FROM auth_credential c WHERE c."userId" = ${of}.id)`;
  const states = {
    invited: `"disabledAt" IS NULL AND NOT ${hasWayIn}`,
    active: `"disabledAt" IS NULL AND ${hasWayIn}`,
    disabled: '"disabledAt" IS NOT NULL',
  };
  return [role === undefined ? null : ['role = $?', role], state === undefined ? null : [states[state], null]];
}

export function peopleRows(session: Session): PeopleRows {
  return {
    find: (id, at) => session.row<PersonRow>(`${people} WHERE id = $2`, [at, id]),
    findByLogin: (login, at) => session.row<PersonRow>(`${people} WHERE username = $2`, [at, login]),
    findByIdentity: ({ provider, subject }, at) =>
      session.row<PersonRow>(
        `${people} WHERE id = (SELECT c."userId" FROM auth_credential c
           WHERE c."providerId" = $2 AND c."accountId" = $3)`,
        [at, provider, subject],
      ),
    list({ search, at, role, state, ...page }) {
      if (search === undefined) {
        const conditions = [['$?::timestamptz IS NOT NULL', at], ...narrowedTo('person', role, state)] as const;
        const { sql, values } = pageClause(byLogin, conditions, page);
        return session.rows<PersonRow>(`SELECT * FROM (${people} WHERE username IS NOT NULL) AS person ${sql}`, values);
      }
      const keyset = { columns: [['username', 'text']] } as const;
      const ways = { near: 250, search, byRow: inRow, byGrams: found(search) };
      const conditions = [['username IS NOT NULL', null], ...narrowedTo('auth_user', role, state)] as const;
      const { sql, values } = foundIds({ table: 'auth_user', keyset, conditions, ...ways }, page);
      const text = `${peopleAt(`$${values.length + 1}`)} WHERE id IN (${sql}) ORDER BY username`;
      return session.rows<PersonRow>(text, [...values, at]);
    },
    async insert({ id, login, displayName, role, accountId, right = 'owner', sealedMail }, at) {
      const written = await session.write(
        `INSERT INTO auth_user (id, name, email, "emailVerified", username, "displayUsername", role, "accountId",
           "memberRight", sealed_mail, "createdAt", "updatedAt")
         VALUES ($1, $2, $3, true, $4, $4, $5, $6, $7, $8, $9, $9) ON CONFLICT DO NOTHING`,
        // better-auth requires an address; no mail is ever sent to it.
        [id, displayName, `${login}@users.invalid`, login, role, accountId, right, sealedMail, at],
      );
      return written === 1;
    },
    async addIdentity(userId, { provider, subject }, credentialId, at) {
      await session.write(
        `INSERT INTO auth_credential (id, "accountId", "providerId", "userId", "createdAt", "updatedAt")
         VALUES ($1, $2, $3, $4, $5, $5)`,
        [credentialId, subject, provider, userId, at],
      );
    },
    async findTourEnd(userId) {
      const sql = 'SELECT "tourEndedAt" FROM auth_user WHERE id = $1';
      return (await session.row<{ tourEndedAt: string | null }>(sql, [userId]))?.tourEndedAt ?? null;
    },
    async endTour(userId, at) {
      await session.write('UPDATE auth_user SET "tourEndedAt" = coalesce("tourEndedAt", $2) WHERE id = $1', [
        userId,
        at,
      ]);
    },
    ...passwords(session),
    async update(userId, { displayName, role, right, sealedMail }, at) {
      await session.write(
        `UPDATE auth_user SET name = coalesce($2, name), role = coalesce($3, role),
           "memberRight" = coalesce($7, "memberRight"),
           sealed_mail = CASE WHEN $4::boolean THEN $5 ELSE sealed_mail END, "updatedAt" = $6 WHERE id = $1`,
        [userId, displayName, role, sealedMail !== undefined, sealedMail ?? null, at, right],
      );
      if (sealedMail === null) await forgetMail(session, userId);
    },
    lock: (userId) => lockPerson(session, userId),
    async setDisabled(userId, disabledAt, at) {
      const written = await session.write(
        `UPDATE auth_user SET "disabledAt" = $2, "updatedAt" = $3
         WHERE id = $1 AND ("disabledAt" IS NULL) = ($2::timestamptz IS NOT NULL)`,
        [userId, disabledAt, at],
      );
      return written === 1;
    },
    async delete(userId) {
      await forgetMail(session, userId);
      return (await session.write('DELETE FROM auth_user WHERE id = $1', [userId])) === 1;
    },
    async countOtherOperators(userId) {
      // Locked in one order, so that two operators who disable each other wait for one another.
      const rows = await session.rows<{ id: string }>(
        `SELECT id FROM auth_user WHERE role = 'operator' AND "disabledAt" IS NULL ORDER BY id FOR UPDATE`,
      );
      return rows.filter(({ id }) => id !== userId).length;
    },
    ...members(session),
    async revokeKeysOf(userId, at) {
      const rows = await session.rows<{ id: string }>(
        `UPDATE api_key SET revoked_at = $2
         WHERE $1 IN (created_by, rotated_by, earlier_rotated_by) AND revoked_at IS NULL RETURNING id`,
        [userId, at],
      );
      return rows.map(({ id }) => id).sort();
    },
    ...mails(session),
  };
}

/**
 * What begins for a person, such as a session or a key, and what ends all of it wait for each other: otherwise what has begun at the
 * same moment would stay. The person's row is locked before any other of the person's, so that no two wait for each other.
 * @returns false where the person is disabled or gone
 */
export async function lockPerson(session: Session, userId: string): Promise<boolean> {
  const row = await session.row<{ isActive: boolean }>(
    `SELECT "disabledAt" IS NULL AS "isActive" FROM auth_user WHERE id = $1 FOR NO KEY UPDATE`,
    [userId],
  );
  return row?.isActive === true;
}

function members(session: Session): Pick<PeopleRows, 'lockOwner' | 'lockOwners' | 'listMembers' | 'countMembers'> {
  return {
    async lockOwner(userId) {
      const row = await session.row<{ isOwner: boolean }>(
        `SELECT role = 'customer' AND "memberRight" = 'owner' AND "disabledAt" IS NULL AS "isOwner" FROM auth_user
         WHERE id = $1 FOR NO KEY UPDATE`,
        [userId],
      );
      return row?.isOwner === true;
    },
    lockOwners: (accountId) =>
      // In one order, so that two who change each other wait for one another; whoever waited sees what the other did.
      session.rows<LockedOwner>(
        `SELECT id, EXISTS (SELECT FROM auth_credential c WHERE c."userId" = u.id) AS "canSignIn" FROM auth_user u
         WHERE role = 'customer' AND "accountId" = $1 AND "memberRight" = 'owner' AND "disabledAt" IS NULL
         ORDER BY id FOR NO KEY UPDATE OF u`,
        [accountId],
      ),
    listMembers({ accountId, at, ...page }) {
      const conditions = [['$?::timestamptz IS NOT NULL', at] as const, ['"accountId" = $?', accountId] as const];
      const { sql, values } = pageClause(byLogin, conditions, page);
      return session.rows<PersonRow>(`SELECT * FROM (${people} WHERE role = 'customer') AS person ${sql}`, values);
    },
    async countMembers(accountId) {
      const row = await session.row<{ total: number }>(
        `SELECT count(*) AS total FROM auth_user WHERE role = 'customer' AND "accountId" = $1`,
        [accountId],
      );
      return row?.total ?? 0;
    },
  };
}

function passwords(session: Session): Pick<PeopleRows, 'findPassword' | 'lockPassword' | 'putPassword'> {
  const find = async (userId: string) => {
    const row = await session.row<{ password: string | null }>(
      `SELECT password FROM auth_credential WHERE "userId" = $1 AND "providerId" = 'credential'`,
      [userId],
    );
    return row?.password ?? null;
  };
  return {
    findPassword: find,
    async lockPassword(userId) {
      await lockPerson(session, userId);
      return find(userId);
    },
    async putPassword(userId, hash, credentialId, at) {
      await lockPerson(session, userId);
      await session.write(
        `INSERT INTO auth_credential (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
         VALUES ($1, $2, 'credential', $2, $3, $4, $4)
         ON CONFLICT ("providerId", "accountId") DO UPDATE SET password = excluded.password,
           "updatedAt" = excluded."updatedAt"`,
        [credentialId, userId, hash, at],
      );
    },
  };
}

/** There is nobody to mail any more, so nothing that failed. */
async function forgetMail(session: Session, userId: string): Promise<void> {
  await session.write(`DELETE FROM work_failure WHERE kind = 'link' AND item_id = $1`, [userId]);
}

function mails(session: Session): Pick<PeopleRows, 'askForMail' | 'leaseMail' | 'endMail'> {
  return {
    async askForMail(userId, purpose, at, notSince) {
      session.signal('mail');
      const written = await session.write(
        `INSERT INTO person_mail AS known (user_id, purpose, asked_at, due_at)
         SELECT id, $2, $3::timestamptz, $3::timestamptz FROM auth_user
         WHERE id = $1 AND sealed_mail IS NOT NULL AND "disabledAt" IS NULL
         ON CONFLICT (user_id) DO UPDATE SET purpose = excluded.purpose, asked_at = excluded.asked_at,
           due_at = excluded.due_at, attempts = 0
         WHERE known.due_at IS NULL AND known.asked_at < $4::timestamptz`,
        [userId, purpose, at, notSince],
      );
      return written === 1;
    },
    leaseMail: (at, leaseUntil, limit) =>
      session.rows<PersonMailRow>(
        `WITH due AS (
           -- Joined before the limit: people who have no address any more do not use up the batch.
           SELECT user_id, sealed_mail FROM person_mail JOIN auth_user ON auth_user.id = user_id
           WHERE due_at <= $1 AND sealed_mail IS NOT NULL ORDER BY due_at LIMIT $3 FOR UPDATE OF person_mail SKIP LOCKED
         )
         UPDATE person_mail SET due_at = $2, attempts = attempts + 1 FROM due
         WHERE person_mail.user_id = due.user_id
         RETURNING person_mail.user_id AS "userId", purpose, attempts, due.sealed_mail AS "sealedMail"`,
        [at, leaseUntil, limit],
      ),
    async endMail(userId, nextAt) {
      await session.write('UPDATE person_mail SET due_at = $2 WHERE user_id = $1', [userId, nextAt]);
    },
  };
}
