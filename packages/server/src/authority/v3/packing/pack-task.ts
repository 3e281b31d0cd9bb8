import { gunzipSync, gzipSync } from 'node:zlib';
import { type CipherKey, type PackedDocument, packUpload, type UploadData } from '@openbeian/authority-wire/v3';

/** What is packed: a document as it is, or as it was kept with its package. */
export type ToPack =
  | { readonly upload: UploadData; readonly madeAt: string }
  | { readonly paper: Uint8Array; readonly madeAt: string };

export interface Packed {
  readonly document: PackedDocument;
  /** Of the document in it, before it is zipped. */
  readonly bytes: number;
  /** To be kept with the package. */
  readonly paper: Uint8Array;
}

/** What is kept of a package. */
interface KeptPackage {
  readonly upload: UploadData;
  readonly madeAt: string;
}

/** Most of what comes out of a paper; what was put in is bounded by the limits of packages. */
const largestBytes = 512 * 1024 * 1024;

/**
 * Packs a document and what is kept of it.
 * @throws Fault `authority.not_sendable`
 */
export async function packTask(toPack: ToPack, cipher: CipherKey | null): Promise<Packed> {
  const { upload, madeAt } = keptOf(toPack);
  const { xml, beianInfo, beianInfoHash, encryptAlgorithm, hashAlgorithm, compressionFormat } = await packUpload(
    upload,
    {
      cipher,
      at: new Date(madeAt),
    },
  );
  const document = { beianInfo, beianInfoHash, encryptAlgorithm, hashAlgorithm, compressionFormat };
  return { document, bytes: xml.length, paper: gzipSync(JSON.stringify({ upload, madeAt } satisfies KeptPackage)) };
}

function keptOf(toPack: ToPack): KeptPackage {
  if ('upload' in toPack) return toPack;
  // It was written by this very function.
  const kept = JSON.parse(gunzipSync(toPack.paper, { maxOutputLength: largestBytes }).toString('utf8')) as KeptPackage;
  return { upload: kept.upload, madeAt: toPack.madeAt };
}
