import type { BothTexts } from '../../io/words.ts';

/** One request, or one name of a list, as far as its line says it. */
export interface LogEntry {
  /** As written: decided later. */
  readonly host: string;
  /** 0 where the line does not say. */
  readonly bytes: number;
  /** Epoch milliseconds; null where the line does not say. */
  readonly atMs: number | null;
}

/**
 * A line read: null where the line is of this format but names no host, undefined where it is of another format; a heading
 * asks for nothing.
 */
export type LineReading = LogEntry | 'heading' | null | undefined;

/** One format of lines, and where its host is. */
export interface LineReader {
  /** What it is called in the report: a product's name for its format. */
  readonly format: string;
  /** Where the host is read from, e.g. `$http_host` or the sixth column. */
  readonly host: BothTexts;
  /** Other fields that held names as well, where it is not plain which one was meant. */
  readonly others: readonly BothTexts[];
  read(line: string): LineReading;
}

/** Names of fields, keys and headers are the same in both languages. */
export const sameInBoth = (text: string): BothTexts => ({ zh: text, en: text });
