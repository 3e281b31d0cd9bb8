import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day } from '@openbeian/model/calendar';
import type { RuleBook } from '@openbeian/model/rule-book';
import { InputError } from '../../io/input.ts';
import type { Lang } from '../../io/read-document.ts';
import { ioWords } from '../../io/words.ts';
import { pageText } from './frame.ts';
import { bookPages } from './pages.ts';

const folderOf: Readonly<Record<Lang, string>> = { zh: '', en: 'en/' };

/** Every page of the book by its file: Chinese ones, and the same in English below `en/`. The same book gives the same bytes. */
export function bookFiles(book: RuleBook, at: Day, compare: Day | null): Map<string, string> {
  const files = new Map<string, string>();
  for (const lang of ['zh', 'en'] as const) {
    const view = { book, at, compare, lang };
    for (const page of bookPages(view)) files.set(`${folderOf[lang]}${page.file}`, pageText(page, view));
  }
  return files;
}

/**
 * Writes the pages below a directory, which is made. They are made again at any time, so nothing waits for the disk.
 * @throws InputError where one cannot be written
 */
export function writeBook(files: ReadonlyMap<string, string>, directory: string, lang: Lang): void {
  try {
    mkdirSync(join(directory, 'en'), { recursive: true });
    for (const [file, text] of files) writeFileSync(join(directory, file), text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(ioWords.cannotWrite(directory, reason)[lang]);
  }
}
