import { readFileSync, readSync } from 'node:fs';
import type { Day } from '@openbeian/model/calendar';
import { isFault } from '@openbeian/model/fault';
import { parseSource } from '@openbeian/policies/document';
import { InputError } from './input.ts';
import { expectedAt, ioWords, type Lang } from './words.ts';

export type { Lang } from './words.ts';

/** @throws InputError for a day on which no rules can be asked: dates before or after it could not be computed */
export function refuseDayBeyond(at: Day, lang: Lang): void {
  if (at < '1970-01-01' || at > '2999-12-31') throw new InputError(ioWords.dayBeyondCalendar[lang]);
}

/**
 * Reads a YAML or JSON file (`-` is standard input) and hands its document to `parse`.
 * @throws InputError naming file, line, path in the document and what was expected, one line per place.
 * @param text what the file holds, where it was read before
 */
export function readDocument<T>(
  file: string,
  lang: Lang,
  parse: (document: unknown) => T,
  text = readText(file, lang),
): T {
  const parsed = parseSource(text);
  if ('problem' in parsed) {
    const { line, reason, twice } = parsed.problem;
    const said = twice === undefined ? ioWords.expectedYaml(reason) : ioWords.keyTwice(twice);
    throw new InputError(`${file}:${line}: ${said[lang]}`);
  }
  const { value, lineOf } = parsed.document;
  return refusingFaults(
    lang,
    (path) => `${file}:${lineOf(path)}: ${path}`,
    () => parse(value),
  );
}

/**
 * Reads a file as text; `-` is standard input, which can be read once.
 * @throws InputError naming the file and why it cannot be read, or the line that is no UTF-8 (as in files of GBK).
 */
export function readText(file: string, lang: Lang): string {
  let bytes: Buffer;
  try {
    bytes = file === '-' ? readStandardInput() : readFileSync(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(ioWords.cannotRead(file, reason)[lang]);
  }
  return textOf(bytes, file, lang);
}

const pauseMs = 5;

/** All of standard input. A pipe whose writer has nothing yet says EAGAIN where somebody has made it non-blocking. */
function readStandardInput(): Buffer {
  const chunks: Buffer[] = [];
  const chunk = Buffer.allocUnsafe(65_536);
  const never = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      const length = readSync(0, chunk);
      if (length === 0) return Buffer.concat(chunks);
      chunks.push(Buffer.from(chunk.subarray(0, length)));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(never, 0, 0, pauseMs);
    }
  }
}

function textOf(bytes: Buffer, file: string, lang: Lang): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const given = bytes.toString('utf8');
    const line = given.slice(0, given.indexOf('\ufffd')).split('\n').length;
    throw new InputError(`${file}:${line}: ${ioWords.expectedUtf8[lang]}`);
  }
}

/** Turns the fault `input.invalid` of `work` into an InputError with one line per place; `nameOf` names the place. */
export function refusingFaults<T>(lang: Lang, nameOf: (path: string) => string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isFault(error, 'input.invalid') || error.extras.places === undefined) throw error;
    const lines = error.extras.places.map((place) => `${nameOf(place.path)}: ${expectedAt(place)[lang]}`);
    const { morePlaces = 0 } = error.extras;
    if (morePlaces > 0) lines.push(ioWords.morePlaces(morePlaces)[lang]);
    throw new InputError(lines.join('\n'));
  }
}
