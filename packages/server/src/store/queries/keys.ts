import type { KeyRows, KeyUse, SealedRange } from '../../ports/keys.ts';
import type { KeyCheck } from '../../ports/vault.ts';
import { type Session, toJson } from '../engine/session.ts';

/** `v1.<key id>.<body>` */
const sealedBy = (column: string) => `split_part(${column}, '.', 2)`;
/** `<key id>.<hash>`, or the hash alone. */
const hashedBy = (column: string) =>
  `CASE WHEN position('.' IN ${column}) > 0 THEN split_part(${column}, '.', 1) ELSE '' END`;

const uses = [
  ['codes', 'sealed', sealedBy('sealed'), 'filing_code'],
  ['codes', 'hashed', hashedBy('lookup_hash'), 'filing_code'],
  [
    'filings',
    'sealed',
    sealedBy("field.value->>'sealed'"),
    `filing, jsonb_each(filing.form) AS field WHERE jsonb_typeof(field.value) = 'object' AND field.value->>'sealed' IS NOT NULL`,
  ],
  ['filings', 'hashed', hashedBy('subject_hash'), 'filing'],
  ['subjects', 'sealed', sealedBy('sealed_name'), 'subject_record'],
  [
    'subjects',
    'hashed',
    hashedBy('subject_hash'),
    '(SELECT subject_hash FROM subject_record UNION SELECT subject_hash FROM subject_holder) AS known',
  ],
  [
    'webhooks',
    'sealed',
    sealedBy('secret'),
    '(SELECT sealed_secret AS secret FROM webhook UNION ALL SELECT previous_sealed_secret FROM webhook) AS held WHERE secret IS NOT NULL',
  ],
  ['addresses', 'sealed', sealedBy('sealed'), 'account_mail'],
  ['messages', 'sealed', sealedBy('sealed_payload'), 'work_failure WHERE sealed_payload IS NOT NULL'],
  ['seals', 'sealed', sealedBy('sealed_digest'), 'audit_seal'],
  ['people', 'sealed', sealedBy('sealed_mail'), 'auth_user WHERE sealed_mail IS NOT NULL'],
  ['totp', 'sealed', sealedBy('sealed_secret'), 'person_totp'],
  ['contests', 'sealed', sealedBy('sealed_statement'), `contest WHERE sealed_statement ~ '^v[12]\\.'`],
  ['clearings', 'sealed', sealedBy('sealed_digest'), 'audit_clearing'],
  ['texts', 'sealed', sealedBy('sealed_text'), 'said_text'],
  ['blobs', 'sealed', sealedBy('sealed_key'), 'material_blob'],
  ['blobs', 'hashed', hashedBy('content_hash'), 'material_blob'],
  ['uploads', 'sealed', sealedBy('sealed_key'), 'material_upload'],
  ['papers', 'sealed', sealedBy('sealed_key'), 'authority_paper'],
  [
    'api_keys',
    'hashed',
    hashedBy('secret_hash'),
    '(SELECT secret_hash FROM api_key WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $1)) AS live',
  ],
] as const;

/** How the id compares with `$1`. */
const to = (range: SealedRange) => ('id' in range ? '=' : '>');
const boundsOf = (range: SealedRange) => ('id' in range ? [range.id, 1] : [range.after, range.limit]);

export function keyRows(session: Session): KeyRows {
  return {
    async count(at) {
      const counted: KeyUse[] = [];
      for (const [kind, how, key, from] of uses) {
        const rows = await session.rows<{ keyId: string; count: number }>(
          `SELECT ${key} AS "keyId", count(*) AS count FROM ${from} GROUP BY 1 ORDER BY 1`,
          kind === 'api_keys' ? [at] : [],
        );
        counted.push(...rows.map((row) => ({ kind, how, ...row })));
      }
      return counted;
    },
    findProgress: (kind) =>
      session.row('SELECT target, done_to AS "doneTo" FROM reseal_progress WHERE kind = $1', [kind]),
    async putProgress(kind, { target, doneTo }, at) {
      await session.write(
        `INSERT INTO reseal_progress (kind, target, done_to, done_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (kind) DO UPDATE SET target = excluded.target, done_to = excluded.done_to, done_at = excluded.done_at`,
        [kind, target, doneTo, at],
      );
    },
    ...checks(session),
    codesIn: (range) =>
      session.rows(
        `SELECT id, sealed, lookup_hash AS "lookupHash" FROM filing_code WHERE id ${to(range)} $1 ORDER BY id LIMIT $2
         FOR NO KEY UPDATE`,
        boundsOf(range),
      ),
    async putCodes(rows) {
      await session.write(
        `UPDATE filing_code SET sealed = next.sealed, lookup_hash = next.lookup_hash
         FROM unnest($1::text[], $2::text[], $3::text[]) AS next (id, sealed, lookup_hash)
         WHERE filing_code.id = next.id`,
        [rows.map(({ id }) => id), rows.map(({ sealed }) => sealed), rows.map(({ lookupHash }) => lookupHash)],
      );
    },
    filingsIn: (range) =>
      session.rows(
        `SELECT id, form, subject_hash AS "subjectHash" FROM filing WHERE id ${to(range)} $1 ORDER BY id LIMIT $2
         FOR NO KEY UPDATE`,
        boundsOf(range),
      ),
    async putForm(filingId, form) {
      await session.write('UPDATE filing SET form = $2::jsonb WHERE id = $1', [filingId, toJson(form)]);
    },
    async moveSubject(fromHash, toHash) {
      // Only where there is one: an UPDATE of records counts as a change for the gate even when it changes no row.
      const found = await session.row(
        `SELECT 1 AS one WHERE EXISTS (SELECT FROM subject_record WHERE subject_hash = $1)
           OR EXISTS (SELECT FROM subject_holder WHERE subject_hash = $1)
           OR EXISTS (SELECT FROM filing WHERE subject_hash = $1)`,
        [fromHash],
      );
      if (found === null) return;
      for (const table of ['filing', 'subject_record']) {
        await session.write(`UPDATE ${table} SET subject_hash = $2 WHERE subject_hash = $1`, [fromHash, toHash]);
      }
      await session.write(
        `UPDATE subject_holder SET subject_hash = $2 WHERE subject_hash = $1
           AND NOT EXISTS (SELECT FROM subject_holder WHERE subject_hash = $2)`,
        [fromHash, toHash],
      );
    },
    subjectsIn: (range) =>
      session.rows(
        `SELECT id, number, sealed_name AS "sealedName" FROM subject_record WHERE id ${to(range)} $1 ORDER BY id LIMIT $2
         FOR NO KEY UPDATE`,
        boundsOf(range),
      ),
    async putSubject(id, sealedName) {
      await session.write('UPDATE subject_record SET sealed_name = $2 WHERE id = $1', [id, sealedName]);
    },
    webhooksIn: (range) =>
      session.rows(
        `SELECT id, sealed_secret AS "sealedSecret", previous_sealed_secret AS "previousSealedSecret"
         FROM webhook WHERE id ${to(range)} $1 ORDER BY id LIMIT $2 FOR NO KEY UPDATE`,
        boundsOf(range),
      ),
    addressesIn: (range) =>
      session.rows(
        `SELECT account_id AS id, sealed FROM account_mail WHERE account_id ${to(range)} $1 ORDER BY account_id LIMIT $2
         FOR NO KEY UPDATE`,
        boundsOf(range),
      ),
    async putAddresses(accountId, sealed) {
      await session.write('UPDATE account_mail SET sealed = $2 WHERE account_id = $1', [accountId, sealed]);
    },
    messagesIn: (range) =>
      session.rows(
        `SELECT item_id AS id, sealed_payload AS sealed FROM work_failure
         WHERE kind = 'message' AND sealed_payload IS NOT NULL AND item_id ${to(range)} $1 ORDER BY item_id LIMIT $2
         FOR NO KEY UPDATE`,
        boundsOf(range),
      ),
    async putMessage(id, sealed) {
      await session.write(`UPDATE work_failure SET sealed_payload = $2 WHERE kind = 'message' AND item_id = $1`, [
        id,
        sealed,
      ]);
    },
    sealsIn: (range) =>
      session.rows(
        `SELECT sequence::text AS id, sealed_digest AS sealed FROM audit_seal
         WHERE sequence ${to(range)} coalesce(nullif($1, '')::integer, 0) ORDER BY sequence LIMIT $2 FOR NO KEY UPDATE`,
        boundsOf(range),
      ),
    async putSeal(sequence, sealedDigest) {
      await session.write('UPDATE audit_seal SET sealed_digest = $2 WHERE sequence = $1::integer', [
        sequence,
        sealedDigest,
      ]);
    },
    peopleIn: (range) =>
      session.rows(
        `SELECT id, sealed_mail AS sealed FROM auth_user WHERE sealed_mail IS NOT NULL AND id ${to(range)} $1 ORDER BY id LIMIT $2
         FOR NO KEY UPDATE`,
        boundsOf(range),
      ),
    async putPerson(id, sealed) {
      await session.write('UPDATE auth_user SET sealed_mail = $2 WHERE id = $1', [id, sealed]);
    },
    totpIn: (range) =>
      session.rows(
        `SELECT user_id AS id, sealed_secret AS sealed FROM person_totp WHERE user_id ${to(range)} $1 ORDER BY user_id LIMIT $2
         FOR NO KEY UPDATE`,
        boundsOf(range),
      ),
    contestsIn: (range) =>
      session.rows(
        `SELECT id, sealed_statement AS sealed FROM contest WHERE id ${to(range)} $1 ORDER BY id LIMIT $2
         FOR NO KEY UPDATE`,
        boundsOf(range),
      ),
    async putContest(id, sealed) {
      await session.write('UPDATE contest SET sealed_statement = $2 WHERE id = $1', [id, sealed]);
    },
    clearingsIn: (range) =>
      session.rows(
        `SELECT day::text AS id, sealed_digest AS sealed FROM audit_clearing
         WHERE day ${to(range)} coalesce(nullif($1, '')::date, '-infinity') ORDER BY day LIMIT $2 FOR NO KEY UPDATE`,
        boundsOf(range),
      ),
    async putClearing(day, sealed) {
      await session.write('UPDATE audit_clearing SET sealed_digest = $2 WHERE day = $1::date', [day, sealed]);
    },
    textsIn: (range) =>
      session.rows(
        `SELECT id, sealed_text AS sealed FROM said_text WHERE id ${to(range)} $1 ORDER BY id LIMIT $2
         FOR NO KEY UPDATE`,
        boundsOf(range),
      ),
    async putText(id, sealed) {
      await session.write('UPDATE said_text SET sealed_text = $2 WHERE id = $1', [id, sealed]);
    },
    blobsIn: (range) =>
      session.rows(
        `SELECT id, sealed_key AS sealed, content_hash AS "contentHash" FROM material_blob WHERE id ${to(range)} $1
         ORDER BY id LIMIT $2 FOR NO KEY UPDATE`,
        boundsOf(range),
      ),
    async putBlob(id, sealed, contentHash) {
      await session.write('UPDATE material_blob SET sealed_key = $2, content_hash = $3 WHERE id = $1', [
        id,
        sealed,
        contentHash,
      ]);
    },
    uploadsIn: (range) =>
      session.rows(
        `SELECT id, sealed_key AS sealed FROM material_upload WHERE id ${to(range)} $1 ORDER BY id LIMIT $2
         FOR NO KEY UPDATE`,
        boundsOf(range),
      ),
    async putUpload(id, sealed) {
      await session.write('UPDATE material_upload SET sealed_key = $2 WHERE id = $1', [id, sealed]);
    },
    papersIn: (range) =>
      session.rows(
        `SELECT id, sealed_key AS sealed FROM authority_paper WHERE id ${to(range)} $1 ORDER BY id LIMIT $2
         FOR NO KEY UPDATE`,
        boundsOf(range),
      ),
    async putPaper(id, sealed) {
      await session.write('UPDATE authority_paper SET sealed_key = $2 WHERE id = $1', [id, sealed]);
    },
    async putTotp(id, sealed) {
      await session.write('UPDATE person_totp SET sealed_secret = $2 WHERE user_id = $1', [id, sealed]);
    },
    async putWebhook(id, sealedSecret, previousSealedSecret) {
      await session.write('UPDATE webhook SET sealed_secret = $2, previous_sealed_secret = $3 WHERE id = $1', [
        id,
        sealedSecret,
        previousSealedSecret,
      ]);
    },
  };
}

/** An arbitrary number that only we use. */
const lockKey = 7_202_611_22;

function checks(session: Session) {
  return {
    async lockChecks() {
      await session.rows('SELECT pg_advisory_xact_lock($1::bigint)', [lockKey]);
    },
    listChecks: () =>
      session.rows<KeyCheck>('SELECT use, key_id AS "keyId", value FROM key_check ORDER BY use, key_id', []),
    async putChecks(rows: readonly KeyCheck[], at: string) {
      await session.write(
        `INSERT INTO key_check (use, key_id, value, made_at)
         SELECT use, key_id, value, $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS new (use, key_id, value)`,
        [rows.map(({ use }) => use), rows.map(({ keyId }) => keyId), rows.map(({ value }) => value), at],
      );
    },
    async deleteChecks(keyId: string) {
      await session.write('DELETE FROM key_check WHERE key_id = $1', [keyId]);
    },
  };
}
