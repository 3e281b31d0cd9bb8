import { z } from 'zod';
import { canonicalJson } from '../../canonical-json/index.ts';
import { Fault, invalidInput, parseSafely } from '../../fault/index.ts';
import { gateFacts } from '../records.ts';
import { notSignedByControlPlane } from './snapshot-signature.ts';

/**
 * What the control plane hands to gates. `version` rises with every change; `sha256` is over the canonical JSON of all
 * other members, so that a file cut short or altered by accident is noticed; `signature` is over that sum (`signedText`), so that
 * nobody else can make one.
 */
const snapshotSchema = z.strictObject({
  version: z.int().min(0),
  builtAt: z.iso.datetime(),
  ...gateFacts,
  /** Only the names every provider shares: a gate has no policies to look others up in. */
  region: z.enum(['cn-mainland', 'hk', 'overseas']),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Base64 of an Ed25519 signature, where the server has a key. */
  signature: z.string().max(100).optional(),
});
export type GateSnapshot = z.output<typeof snapshotSchema>;
export type GateSnapshotBody = Omit<GateSnapshot, 'sha256' | 'signature'>;

/** Hex SHA-256 of a text's UTF-8 bytes; injected, because the platforms' hashes are I/O or asynchronous. */
export type Sha256Hex = (text: string) => string;

/** Was the sum of a snapshot signed by whom it should be? */
export type IsSignedSum = (sum: string, signature: string) => boolean;

/** Seals a snapshot: the same code makes and checks the sum. */
export function sealGateSnapshot(body: GateSnapshotBody, sha256: Sha256Hex): GateSnapshot {
  return { ...body, sha256: sha256(canonicalJson(body)) };
}

/**
 * Reads a snapshot that came over the wire or from a file.
 * @param isSigned checks the signature; without it one that nobody signed is read too
 * @throws Fault `input.invalid` with every wrong place, `sha256` among them when the sum does not fit the content, `signature`
 * when it is missing or wrong.
 */
export function openGateSnapshot(document: unknown, sha256: Sha256Hex, isSigned?: IsSignedSum): GateSnapshot {
  const parsed = parseSafely(snapshotSchema, document);
  if (!parsed.success) throw invalidInput(parsed.error);
  // The sum is over the document as it came: the names in it may have another form than those that were read.
  const { sha256: stated, signature: _signature, ...body } = z.looseObject({}).parse(document);
  if (sha256(canonicalJson(body)) !== stated) {
    throw new Fault('input.invalid', {
      places: [{ path: 'sha256', expected: 'expected the sum of the content', expectedZh: '应与内容的校验和一致' }],
    });
  }
  const { sha256: sum, signature } = parsed.data;
  if (isSigned !== undefined && (signature === undefined || !isSigned(sum, signature)))
    throw notSignedByControlPlane('signature');
  return parsed.data;
}
