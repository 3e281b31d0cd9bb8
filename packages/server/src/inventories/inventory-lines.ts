/** An inventory that was read, as another thread is given it: each account and resource a line of JSON. */
export interface WrittenInventory {
  readonly accounts: Uint8Array;
  readonly resources: Uint8Array;
  readonly counts: { readonly accounts: number; readonly resources: number };
  readonly digest: string;
}

const newline = 0x0a;

/** Each row as a line of JSON; to hand over bytes costs the receiver nothing, however many there are. */
export function linesOf(rows: readonly unknown[]): Uint8Array {
  return new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/** The rows of lines, each parsed when it is asked for; iterated again, they are parsed again. */
export function rowsOf<Row>(lines: Uint8Array): Iterable<Row> {
  const bytes = Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength);
  return {
    *[Symbol.iterator]() {
      for (let from = 0, to = bytes.indexOf(newline); to >= 0; from = to + 1, to = bytes.indexOf(newline, from)) {
        // `linesOf` wrote rows of this type.
        yield JSON.parse(bytes.toString('utf8', from, to)) as Row;
      }
    },
  };
}
