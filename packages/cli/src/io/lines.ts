/** The arguments, or where there are none the lines of standard input, without their line ends. */
export async function* argumentsOrLines(given: readonly string[]): AsyncGenerator<string> {
  if (given.length > 0) {
    yield* given;
    return;
  }
  yield* linesOf(process.stdin);
}

/**
 * The lines of a stream of UTF-8, without their line ends. Not node:readline: it also splits at U+2028 and at a lone CR,
 * which belong to the line here.
 */
async function* linesOf(stream: AsyncIterable<unknown>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    rest += decoder.decode(chunk as Uint8Array, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield withoutCr(line);
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

/** Ends the program quietly when its output is closed, as by `| head`. */
export function leaveWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
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
  out.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
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
    if (error?.code === 'EPIPE') return;
    if (error) throw error;
  }
}

function withoutCr(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
