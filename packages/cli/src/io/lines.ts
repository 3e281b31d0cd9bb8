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

/**
 * The lines of a stream of UTF-8, without their line ends. Not node:readline: it also splits at U+2028 and at a lone CR,
 * which belong to the line here.
 * @throws InputError for a line without end
 */
async function* linesOf(stream: AsyncIterable<unknown>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  let number = 1;
  for await (const chunk of stream) {
    const text = decoder.decode(chunk as Uint8Array, { stream: true });
    // Only what is new is searched: a long line comes in many chunks.
    const [first = '', ...others] = text.split('\n');
    rest += first;
    for (const next of others) {
      yield withoutCr(rest);
      rest = next;
      number += 1;
    }
    if (rest.length > longestLine) {
      const { zh, en } = ioWords.lineTooLong(number, longestLine);
      throw new InputError(`${zh} / ${en}`);
    }
  }
  rest += decoder.decode();
  if (rest !== '') yield withoutCr(rest);
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
