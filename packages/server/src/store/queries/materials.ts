import type { BlobRow, MaterialRows, SeenMaterial, UploadRow } from '../../ports/materials.ts';
import { type Session, toJson } from '../engine/session.ts';
import { isWorkable } from './work-failures.ts';

const uploadColumns = `id, filing_id AS "filingId", key, part, certificate_type AS "certificateType", signed_on AS "signedOn", bytes, received,
  sealed_key AS "sealedKey", begun_by AS "begunBy", begun_at AS "begunAt", expires_at AS "expiresAt"`;
const blobColumns = `id, content_hash AS "contentHash", sealed_key AS "sealedKey", object_name AS "objectName", facts,
  copy_bytes AS "copyBytes", scan, made_at AS "madeAt"`;
const seenColumns = `material.id, material.filing_id AS "filingId", material.blob_id AS "blobId", material.key, material.part,
  material.certificate_type AS "certificateType", material.signed_on AS "signedOn", material.advice, material.added_at AS "addedAt", material.added_by AS "addedBy",
  blob.content_hash AS "contentHash", blob.sealed_key AS "sealedKey", blob.object_name AS "objectName", blob.facts,
  blob.copy_bytes AS "copyBytes", blob.scan, blob.made_at AS "madeAt"`;
const seen = `SELECT ${seenColumns} FROM material JOIN material_blob AS blob ON blob.id = material.blob_id`;

type FlatMaterial = Omit<SeenMaterial, 'blob'> & Omit<BlobRow, 'id'>;

const seenOf = (row: FlatMaterial): SeenMaterial => {
  const { contentHash, sealedKey, objectName, facts, copyBytes, scan, madeAt, ...material } = row;
  const blob = { id: row.blobId, contentHash, sealedKey, objectName, facts, copyBytes, scan, madeAt };
  return { ...material, blob };
};

export function materialRows(session: Session): MaterialRows {
  return { ...uploads(session), ...blobs(session), ...materials(session) };
}

function uploads(
  session: Session,
): Pick<
  MaterialRows,
  | 'insertUpload'
  | 'findUpload'
  | 'findUploadForUpdate'
  | 'listUploads'
  | 'append'
  | 'listParts'
  | 'deleteUpload'
  | 'deleteExpiredUploads'
> {
  return {
    async insertUpload(row) {
      await session.write(
        `INSERT INTO material_upload
           (id, filing_id, key, part, certificate_type, bytes, received, sealed_key, begun_by, begun_at, expires_at, signed_on)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::date)`,
        [
          row.id,
          row.filingId,
          row.key,
          row.part,
          row.certificateType,
          row.bytes,
          row.received,
          row.sealedKey,
          row.begunBy,
          row.begunAt,
          row.expiresAt,
          row.signedOn,
        ],
      );
    },
    findUpload: (id) => session.row<UploadRow>(`SELECT ${uploadColumns} FROM material_upload WHERE id = $1`, [id]),
    findUploadForUpdate: (id) =>
      session.row<UploadRow>(`SELECT ${uploadColumns} FROM material_upload WHERE id = $1 FOR UPDATE`, [id]),
    listUploads: (filingId, at) =>
      session.rows<UploadRow>(
        `SELECT ${uploadColumns} FROM material_upload WHERE filing_id = $1 AND expires_at > $2 ORDER BY id DESC`,
        [filingId, at],
      ),
    async append(uploadId, { atByte, length, sealed, expiresAt }) {
      const grown = await session.write(
        `UPDATE material_upload SET received = received + $3, expires_at = $4
         WHERE id = $1 AND received = $2 AND received + $3 <= bytes`,
        [uploadId, atByte, length, expiresAt],
      );
      if (grown === 0) return false;
      await session.write('INSERT INTO material_upload_part (upload_id, at_byte, body) VALUES ($1, $2, $3)', [
        uploadId,
        atByte,
        sealed,
      ]);
      return true;
    },
    listParts: (uploadId) =>
      session.rows(
        'SELECT at_byte AS "atByte", body AS sealed FROM material_upload_part WHERE upload_id = $1 ORDER BY at_byte',
        [uploadId],
      ),
    async deleteUpload(id) {
      await session.write('DELETE FROM material_upload WHERE id = $1', [id]);
    },
    deleteExpiredUploads: (at, limit) =>
      session.write(
        `DELETE FROM material_upload WHERE id IN (
           SELECT id FROM material_upload WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
        [at, limit],
      ),
  };
}

function blobs(
  session: Session,
): Pick<MaterialRows, 'insertBlob' | 'findStoredBlob' | 'putScan' | 'markStored' | 'takeUnusedBlobs' | 'deleteBlob'> {
  return {
    async putScan(blobId, scan) {
      await session.write('UPDATE material_blob SET scan = $2 WHERE id = $1', [blobId, scan]);
    },
    async insertBlob(row) {
      await session.write(
        `INSERT INTO material_blob (id, state, content_hash, sealed_key, object_name, facts, copy_bytes, scan, made_at)
         VALUES ($1, 'writing', $2, $3, $4, $5::jsonb, $6, $7, $8)`,
        [
          row.id,
          row.contentHash,
          row.sealedKey,
          row.objectName,
          toJson(row.facts),
          row.copyBytes,
          row.scan,
          row.madeAt,
        ],
      );
    },
    findStoredBlob: (hashes) =>
      session.row<BlobRow>(
        `SELECT ${blobColumns} FROM material_blob WHERE content_hash = ANY ($1::text[]) AND state = 'stored'
         ORDER BY id LIMIT 1 FOR NO KEY UPDATE`,
        [[...hashes]],
      ),
    markStored: async (id) =>
      (await session.write(`UPDATE material_blob SET state = 'stored' WHERE id = $1 AND state = 'writing'`, [id])) ===
      1,
    takeUnusedBlobs: ({ at, writtenBefore, limit }) =>
      session.rows(
        `UPDATE material_blob SET state = 'dropped' WHERE id IN (
           SELECT id FROM material_blob WHERE (state = 'dropped' OR (state = 'writing' AND made_at < $1))
             AND ${isWorkable('purge', `'blob:' || material_blob.id`, '$3')}
           ORDER BY made_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
         RETURNING id, object_name AS "objectName"`,
        [writtenBefore, limit, at],
      ),
    async deleteBlob(id) {
      await session.write(`DELETE FROM material_blob WHERE id = $1 AND state = 'dropped'`, [id]);
    },
  };
}

function materials(session: Session): Pick<MaterialRows, 'insert' | 'list' | 'find' | 'remove' | 'deleteBefore'> {
  return {
    async insert(row) {
      await session.write(
        `INSERT INTO material (id, filing_id, blob_id, key, part, certificate_type, advice, added_at, added_by, signed_on)
         VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10::date)`,
        [
          row.id,
          row.filingId,
          row.blobId,
          row.key,
          row.part,
          row.certificateType,
          toJson(row.advice),
          row.addedAt,
          row.addedBy,
          row.signedOn,
        ],
      );
    },
    async list(filingId) {
      const rows = await session.rows<FlatMaterial>(
        `${seen} WHERE material.filing_id = $1 AND material.removed_at IS NULL ORDER BY material.id`,
        [filingId],
      );
      return rows.map(seenOf);
    },
    async find(id) {
      const row = await session.row<FlatMaterial>(`${seen} WHERE material.id = $1 AND material.removed_at IS NULL`, [
        id,
      ]);
      return row === null ? null : seenOf(row);
    },
    remove: async (id, at) =>
      (await session.write('UPDATE material SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL', [id, at])) === 1,
    async deleteBefore(instant, limit) {
      const gone = await session.rows<{ blobId: string }>(
        `DELETE FROM material WHERE id IN (
           (SELECT id FROM material WHERE removed_at < $1 ORDER BY removed_at LIMIT $2)
           UNION
           (SELECT id FROM material WHERE filing_ended_at < $1 ORDER BY filing_ended_at LIMIT $2))
         RETURNING blob_id AS "blobId"`,
        [instant, limit],
      );
      const blobIds = [...new Set(gone.map(({ blobId }) => blobId))].sort();
      // Locked first and looked at in a statement of its own: whoever shows a content again holds this lock when it does.
      await session.rows('SELECT id FROM material_blob WHERE id = ANY ($1::text[]) ORDER BY id FOR NO KEY UPDATE', [
        blobIds,
      ]);
      await session.write(
        `UPDATE material_blob SET state = 'dropped' WHERE id = ANY ($1::text[])
           AND NOT EXISTS (SELECT FROM material WHERE material.blob_id = material_blob.id)`,
        [blobIds],
      );
      return gone.length;
    },
  };
}
