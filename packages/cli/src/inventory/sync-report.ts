import { InputError } from '../io/input.ts';
import type { Lang } from '../io/read-document.ts';
import { type CloudQuestion, InventoryUnread, type ReadInventory, readInventory } from './read-inventory.ts';
import { syncWords } from './words.ts';

export interface SyncQuestion extends Omit<CloudQuestion, 'rest'> {
  /** Leave out what cannot be read, and say so, instead of refusing. */
  readonly partial: boolean;
  readonly lang: Lang;
}

/**
 * Reads a cloud's own lists into an inventory: all of it, or nothing.
 * @throws InputError that names each list that failed, why, and what to do.
 */
export async function syncCloud({ partial, lang, ...question }: SyncQuestion): Promise<ReadInventory> {
  try {
    return await readInventory({ ...question, rest: partial ? 'told' : 'refused' });
  } catch (error) {
    if (error instanceof InventoryUnread) throw new InputError(error.text[lang]);
    throw error;
  }
}

/** Prints what was not read, so that the inventory is not taken for complete. */
export function printUnread({ unread }: ReadInventory, lang: Lang, out: NodeJS.WritableStream): void {
  for (const line of unread) out.write(`${syncWords.unread[lang]} ${line[lang]}\n`);
}
