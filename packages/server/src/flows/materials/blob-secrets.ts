import { type DataKey, sealingContexts } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';

/** What is sealed in the row of a content: its key, and what it is found again by. */
export interface BlobSecrets {
  readonly key: DataKey;
  /** SHA-256 of the clear bytes, base64url. */
  readonly digest: string;
  /** How large its copy may be: the same picture may have copies of two sizes. */
  readonly copyLimit: number;
}

export const sealBlobSecrets = ({ vault }: FlowDeps, blobId: string, { key, digest, copyLimit }: BlobSecrets): string =>
  vault.seal([key.text, digest, copyLimit].join(' '), sealingContexts.blobs(blobId));

/** @throws Fault `store.unreadable`, `secret.unknown_key` */
export function openBlobSecrets({ vault }: Pick<FlowDeps, 'vault'>, blobId: string, sealed: string): BlobSecrets {
  const [text = '', digest = '', copyLimit = ''] = vault.open(sealed, sealingContexts.blobs(blobId)).split(' ');
  return { key: vault.dataKeyOf(text), digest, copyLimit: Number(copyLimit) };
}

type Content = Pick<BlobSecrets, 'digest' | 'copyLimit'>;
const textOf = ({ digest, copyLimit }: Content): string => `${digest} ${copyLimit}`;

/** The address of a content: nobody without the keys can tell whether a picture that they have is here. */
export const contentHashOf = ({ vault }: Pick<FlowDeps, 'vault'>, content: Content): string =>
  vault.hash(textOf(content), 'material');

/** Under every key: contents from before a rotation are found, too. */
export const contentHashesOf = ({ vault }: FlowDeps, content: Content): readonly string[] =>
  vault.hashes(textOf(content), 'material');

/** What the two objects of a content are sealed as. */
export const sealedAs = (blobId: string, which: 'original' | 'copy'): string => `${blobId}/${which}`;

export const objectNameOf = (objectName: string, which: 'original' | 'copy'): string =>
  which === 'original' ? objectName : `${objectName}.copy`;
