import type { Day } from '@openbeian/model/calendar';
import type { MaterialKey } from '@openbeian/model/filing';
import type { Finding } from '@openbeian/model/forms';
import type { MaterialPart, PictureFacts } from '@openbeian/model/materials';

/** What an upload or a material is a picture of. */
interface Depicted {
  readonly filingId: string;
  readonly key: MaterialKey;
  readonly part: MaterialPart;
  /** The certificate that the form named then; null: it is no certificate. */
  readonly certificateType: string | null;
  /** The day that a signed paper bears, as its customer says; null: nobody said. */
  readonly signedOn: Day | null;
}

/** An upload that is under way. Its bytes wait in parts, sealed under its key. */
export interface UploadRow extends Depicted {
  readonly id: string;
  /** How many bytes the whole will have, and how many came. */
  readonly bytes: number;
  readonly received: number;
  readonly sealedKey: string;
  readonly begunBy: string;
  readonly begunAt: string;
  /** From then on it is gone. */
  readonly expiresAt: string;
}

/** One content and its copy for the authority, in the blob store, and what is known of it. Several materials may show it. */
export interface BlobRow {
  readonly id: string;
  /** Keyed hash of the digest and of how large the copy may be. */
  readonly contentHash: string;
  /** Key and digest; see `flows/materials/blob-secrets.ts`. */
  readonly sealedKey: string;
  /** In the blob store; the copy has the same with `.copy`. */
  readonly objectName: string;
  readonly facts: PictureFacts;
  readonly copyBytes: number;
  readonly scan: 'clean' | 'not_scanned';
  readonly madeAt: string;
}

/** A picture of a filing. */
export interface MaterialRow extends Depicted {
  readonly id: string;
  readonly blobId: string;
  /** What was said about it that did not refuse it. */
  readonly advice: readonly Finding[];
  readonly addedAt: string;
  readonly addedBy: string;
}

export type SeenMaterial = MaterialRow & { readonly blob: BlobRow };

/**
 * Uploads, contents and the pictures of filings. The row of a content is written before its objects and goes after them, so that
 * whoever dies in between leaves a row by which they are found.
 */
export interface MaterialRows {
  insertUpload(upload: UploadRow): Promise<void>;
  findUpload(id: string): Promise<UploadRow | null>;
  /** As `findUpload`, locked until the transaction ends. */
  findUploadForUpdate(id: string): Promise<UploadRow | null>;
  /** Of a filing, that have not expired; the newest first. */
  listUploads(filingId: string, at: string): Promise<UploadRow[]>;
  /** Adds a part where exactly so many bytes came before; false otherwise. */
  append(
    uploadId: string,
    part: { readonly atByte: number; readonly length: number; readonly sealed: Uint8Array; readonly expiresAt: string },
  ): Promise<boolean>;
  /** In order. */
  listParts(uploadId: string): Promise<{ readonly atByte: number; readonly sealed: Uint8Array }[]>;
  deleteUpload(id: string): Promise<void>;
  /** At most `limit` that expired; returns how many. */
  deleteExpiredUploads(at: string, limit: number): Promise<number>;

  /** A content whose objects are about to be written. */
  insertBlob(blob: BlobRow): Promise<void>;
  /** A stored content with one of these hashes, kept from being dropped until the transaction ends. */
  findStoredBlob(hashes: readonly string[]): Promise<BlobRow | null>;
  /** It was scanned after it was stored. */
  putScan(blobId: string, scan: BlobRow['scan']): Promise<void>;
  /** Both objects are there. False: somebody gave it up meanwhile. */
  markStored(blobId: string): Promise<boolean>;
  /**
   * Contents that are to go: not stored since `writtenBefore`, or dropped. At most `limit`. Marked, so that they are never stored.
   * Those whose removal failed (`purge`, `blob:<id>`) come when they are tried again.
   */
  takeUnusedBlobs(of: {
    readonly at: string;
    readonly writtenBefore: string;
    readonly limit: number;
  }): Promise<{ readonly id: string; readonly objectName: string }[]>;
  deleteBlob(id: string): Promise<void>;

  insert(material: MaterialRow): Promise<void>;
  /** Those of a filing that were not removed, the oldest first. */
  list(filingId: string): Promise<SeenMaterial[]>;
  find(id: string): Promise<SeenMaterial | null>;
  /** It is no longer the filing's; false when it was not. */
  remove(id: string, at: string): Promise<boolean>;
  /** Deletes at most `limit` that were removed, or whose filing was abandoned, before that instant; drops contents that nobody shows then. */
  deleteBefore(instant: string, limit: number): Promise<number>;
}
