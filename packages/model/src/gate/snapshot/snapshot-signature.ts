import { Fault } from '../../fault/index.ts';
import { headerLength, type SnapshotFacts, type SnapshotHeader } from './snapshot-layout.ts';

/*
 * Who made a snapshot: an Ed25519 or SM2 signature among its facts, over the preamble, which has SHA-256 or SM3 digests of all that
 * follows (docs/gate-snapshot.md). The sums of the pieces only find damage; anybody can make them fit.
 */

/** Base64 of 64 bytes. */
const signatureLength = 88;
const blank = `${'A'.repeat(86)}==`;
const purpose = new TextEncoder().encode('openbeian gate snapshot\n');

/**
 * What is signed of a text: of an answer with changes all of it, of a JSON snapshot its `sha256`. The purpose in front keeps
 * a signature of one kind from passing for another.
 */
export const signedText = (kind: 'changes' | 'snapshot json', text: string): string =>
  `openbeian gate ${kind}\n${text}`;

/** What signs; injected, because the platforms have it. */
export interface SnapshotSigner {
  /** `Sha256` goes with Ed25519, `Sm3` with SM2. */
  readonly digestName: DigestName;
  /** Begins a digest of that name, 32 bytes. */
  digest(): { update(bytes: Uint8Array): void; hex(): string };
  /** The signature in base64, of 64 bytes with either algorithm. */
  sign(message: Uint8Array): string;
}

export type DigestName = 'Sha256' | 'Sm3';

/** The facts of a snapshot that will be signed: the digests must be of their true length from the beginning. */
export const unsignedFacts = (facts: SnapshotFacts, name: DigestName): SnapshotFacts =>
  withDigests(facts, name, { hot: '0'.repeat(64), cold: '0'.repeat(64) });

/** The same with the digests; the signature, last of all, is still blank. */
export const withDigests = (
  facts: SnapshotFacts,
  name: DigestName,
  { hot, cold }: { readonly hot: string; readonly cold: string },
): SnapshotFacts => ({ ...facts, [`hot${name}`]: hot, [`cold${name}`]: cold, signature: blank });

/** The bytes that are signed: the purpose and the preamble, with sum and signature taken as blank. */
export function signedBytes(
  preamble: Uint8Array,
  header: Pick<SnapshotHeader, 'sumCount' | 'factsLength'>,
): Uint8Array {
  const bytes = new Uint8Array(purpose.length + preamble.length);
  bytes.set(purpose);
  const body = bytes.subarray(purpose.length);
  body.set(preamble);
  body.fill(0, headerLength - 4, headerLength);
  writeSignature(body, header, blank);
  return bytes;
}

/** Puts a signature into its place among the facts, whose last member it is. */
export function writeSignature(
  preamble: Uint8Array,
  { sumCount, factsLength }: Pick<SnapshotHeader, 'sumCount' | 'factsLength'>,
  signature: string,
): void {
  const at = headerLength + 4 * sumCount + factsLength - 2 - signatureLength;
  for (let place = 0; place < signatureLength; place += 1) preamble[at + place] = signature.charCodeAt(place);
}

/** What is not signed with a pinned key is refused. @param path what of it */
export const notSignedByControlPlane = (path: string): Fault =>
  new Fault('input.invalid', {
    places: [
      {
        path,
        expected: 'expected what the control plane signed with one of the pinned keys (openbeian gate keys)',
        expectedZh: '应由控制面用已固定公钥的密钥签名（openbeian gate keys）',
      },
    ],
  });
