import { downloadData } from './messages/download.ts';
import { type PackedDocument, readPackage, type UnpackOptions } from './package/pack.ts';
import type { ReadOf } from './schema/node.ts';
import type { ReadDocument } from './schema/read-xml.ts';

/** What one download brings, by the names of the interface; anything may be missing. */
export type DownloadData = ReadOf<typeof downloadData>;

/**
 * Reads the package of a download, leniently; what was passed over or is missing is in the notes.
 * @throws Fault `authority.unreadable`, naming the step that failed
 */
export function readDownload(
  packed: PackedDocument,
  options: UnpackOptions,
): Promise<ReadDocument<typeof downloadData> & { readonly entryName: string }> {
  return readPackage(packed, 'DownloadData', downloadData, options);
}
