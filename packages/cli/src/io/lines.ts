import { InputError } from './input.ts';
import { ioWords } from './words.ts';

/** The arguments, or where there are none the lines of standard input, without their line ends. */
export async function* argumentsOrLines(given: readonly string[]): AsyncGenerator<string> {
  if (given.length > 0) {
    yield* given;
    return;
  }
  yield* linesOf(process.stdin);
}

/** Of a line, in UTF-16 units: what anybody asks about is far shorter, and memory stays bounded. */
const longestLine = 1_000_000;

/** A line of a stream; without its text where it is longer than `longestLine`. */
export interface StreamLine {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string | null;
}

/**
 * The lines of a stream of UTF-8, without their line ends. Not node:readline: it also splits at U+2028 and at a lone CR,
 * which belong to the line here. A line that is too long is told at once and left out up to its end.
 */
export async function* numberedLines(stream: AsyncIterable<unknown>): AsyncGenerator<StreamLine> {
  const decoder = new TextDecoder();
  const line = new GrowingLine();
  for await (const chunk of stream) {
    const text = decoder.decode(chunk as Uint8Array, { stream: true });
    // Only what is new is searched: a long line comes in many chunks.
    const parts = text.split('\n');
    for (const [index, part] of parts.entries()) {
      if (index > 0) {
        if (!line.isTold) yield line.told;
        line.begin();
      }
      if (line.outgrows(part)) yield line.told;
    }
  }
  line.outgrows(decoder.decode());
  if (!line.isTold && line.told.text !== '') yield line.told;
}

class GrowingLine {
  #number = 1;
  #text: string | null = '';
  isTold = false;

  get told(): StreamLine {
    return { number: this.#number, text: this.#text === null ? null : withoutCr(this.#text) };
  }

  begin(): void {
    this.#number += 1;
    this.#text = '';
    this.isTold = false;
  }

  /** Adds to the line; true when it has just become too long. */
  outgrows(part: string): boolean {
    if (this.#text === null) return false;
    if (this.#text.length + part.length <= longestLine) {
      this.#text += part;
      return false;
    }
    this.#text = null;
    this.isTold = true;
    return true;
  }
}

/** @throws InputError for a line without end */
async function* linesOf(stream: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const { number, text } of numberedLines(stream)) {
    if (text === null) {
      const { zh, en } = ioWords.lineTooLong(number, longestLine);
      throw new InputError(`${zh} / ${en}`);
    }
    yield text;
  }
}

/** Prints each value as one line of JSON (NDJSON); stops quietly when the reader has gone, as `| head` does. */
export async function printNdjson(values: AsyncIterable<unknown>): Promise<void> {
  await printTexts(asLines(values));
}

async function* asLines(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`;
}

/** Ends the program quietly when its output is closed, as by `| head`; with a message where it cannot be written. */
export function leaveWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    const { zh, en } = ioWords.cannotPrint(error.message);
    process.stderr.write(`${zh} / ${en}\n`, () => process.exit(1));
  });
}

/** Prints texts as they come, no faster than they are read; stops quietly when the reader has gone. */
export async function printTexts(
  texts: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<void> {
  const out = process.stdout;
  let gone = false;
  let wake = () => {};
  out.on('drain', () => wake());
  // Why it cannot be written is said by `leaveWithReader`.
  out.on('error', () => {
    gone = true;
    wake();
  });
  for await (const text of texts) {
    if (gone) return;
    const room = out.write(text);
    if (!room) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}

/** Prints blocks one after the other, each written before the next is asked for; stops quietly when the reader has gone. */
export async function printBlocks(blocks: AsyncIterable<Uint8Array>): Promise<void> {
  const out = process.stdout;
  for await (const block of blocks) {
    const error = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => {
      out.once('error', resolve);
      out.write(block, (failed) => {
        out.off('error', resolve);
        resolve(failed);
      });
    });
    // Why it cannot be written is said by `leaveWithReader`.
    if (error) return;
  }
}

function withoutCr(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
