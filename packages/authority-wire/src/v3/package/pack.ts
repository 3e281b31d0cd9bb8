import { timingSafeEqual } from 'node:crypto';
import { type ReadLimits, startDeadline } from '../limits.ts';
import type { GroupNode } from '../schema/node.ts';
import { DocumentReader, type ReadDocument } from '../schema/read-xml.ts';
import { isBase64 } from '../schema/text-formats.ts';
import { unreadable } from '../troubles.ts';
import { type CipherKey, decrypt, encrypt, encryptAlgorithms } from './cipher.ts';
import { contentHash, md5Algorithm } from './hashes.ts';
import { ByteReader, type Encoding } from './read-bytes.ts';
import { unzipOne, zipOne } from './zip.ts';

/** `compressionFormat` 0: ZIP with one file inside. */
const zipFormat = 0;

/** A document as it travels, by the names of the interface. */
export interface PackedDocument {
  /** Base64 of the ZIP, encrypted or not. */
  readonly beianInfo: string;
  /** Base64 of the ZIP's MD5, taken before encryption. */
  readonly beianInfoHash: string;
  readonly encryptAlgorithm: number;
  readonly hashAlgorithm: number;
  readonly compressionFormat: number;
}

export interface PackOptions {
  /** Null: not encrypted. */
  readonly cipher: CipherKey | null;
  /** The time that the ZIP names. */
  readonly at: Date;
  /** Of the file in the ZIP. */
  readonly fileName: string;
}

/** ZIP, hash, encryption and base64 of a document's bytes, in this order. */
export async function pack(content: Buffer, { cipher, at, fileName }: PackOptions): Promise<PackedDocument> {
  const zip = await zipOne(fileName, content, at);
  return {
    beianInfo: (cipher === null ? zip : encrypt(zip, cipher)).toString('base64'),
    beianInfoHash: contentHash(zip),
    encryptAlgorithm: cipher === null ? encryptAlgorithms.none : encryptAlgorithms.aes,
    hashAlgorithm: md5Algorithm,
    compressionFormat: zipFormat,
  };
}

export interface UnpackOptions {
  /** What an encrypted package is opened with; null where none was issued. */
  readonly cipher: CipherKey | null;
  readonly limits: ReadLimits;
  /** A clock that only goes forward; that of the process unless given. */
  readonly nowMs?: () => number;
}

/**
 * The ZIP of a package: out of base64, decrypted, its hash compared.
 * @throws Fault `authority.unreadable`, naming the step that failed
 */
export function openPackage(packed: PackedDocument, { cipher, limits }: UnpackOptions): Buffer {
  if (packed.hashAlgorithm !== md5Algorithm) throw unreadable('hash_unknown');
  if (packed.compressionFormat !== zipFormat) throw unreadable('compression_unknown');
  const zip = decryptPackage(fromBase64(packed.beianInfo, limits.packedBytes), packed.encryptAlgorithm, cipher);
  const hash = packed.beianInfoHash.trim();
  if (!isBase64(hash) || hash.length !== 24) throw unreadable('hash_malformed');
  if (!timingSafeEqual(Buffer.from(hash), Buffer.from(contentHash(zip)))) throw unreadable('hash_mismatch');
  return zip;
}

/**
 * The document of a package, read by its description.
 * @throws Fault `authority.unreadable`, naming the step that failed
 */
export async function readPackage<N extends GroupNode>(
  packed: PackedDocument,
  root: string,
  node: N,
  options: UnpackOptions,
): Promise<ReadDocument<N> & { readonly entryName: string; readonly encoding: Encoding }> {
  const zip = openPackage(packed, options);
  const reader = new DocumentReader(root, node, options.limits, startDeadline(options.limits, options.nowMs));
  const bytes = new ByteReader((text) => reader.write(text));
  const entryName = await unzipOne(zip, options.limits, (chunk) => bytes.write(chunk));
  const encoding = bytes.end();
  return { ...reader.end(), entryName, encoding };
}

function decryptPackage(bytes: Buffer, algorithm: number, cipher: CipherKey | null): Buffer {
  if (algorithm === encryptAlgorithms.none) return bytes;
  if (algorithm !== encryptAlgorithms.aes) throw unreadable('encryption_unknown');
  if (cipher === null) throw unreadable('key_missing');
  return decrypt(bytes, cipher);
}

/** Line breaks are let through: MIME's base64 has them. */
function fromBase64(text: string, mostBytes: number): Buffer {
  if (text.length > mostBytes * 1.5) throw unreadable('packed_too_large');
  const base64 = text.replace(/\s+/g, '');
  if (!isBase64(base64)) throw unreadable('base64_malformed');
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > mostBytes) throw unreadable('packed_too_large');
  return bytes;
}
