import { Fault } from '../../fault/index.ts';

const pieceLength = 4 * 1024 * 1024;

/** Rows as bytes in large pieces: ten million of them are ten pieces of memory for the collector, not ten million. */
export interface RowArena {
  /** Copies the row in; the answer finds it again. At most 4 GiB in all. */
  add(row: Uint8Array, length: number): number;
  /** The piece that contains a row, and its position there. */
  pieceOf(ref: number): Uint8Array;
  placeOf(ref: number): number;
}

export function createRowArena(): RowArena {
  const pieces: Uint8Array[] = [];
  let used = pieceLength;
  return {
    add(row, length) {
      if (used + length > pieceLength) {
        if (pieces.length === 1024) throw new Fault('input.invalid', { detail: tooMuch });
        pieces.push(new Uint8Array(pieceLength));
        used = 0;
      }
      const piece = pieces[pieces.length - 1] as Uint8Array;
      for (let at = 0; at < length; at += 1) piece[used + at] = row[at] as number;
      const ref = (pieces.length - 1) * pieceLength + used;
      used += length;
      return ref;
    },
    pieceOf: (ref) => pieces[Math.floor(ref / pieceLength)] as Uint8Array,
    placeOf: (ref) => ref % pieceLength,
  };
}

const tooMuch = {
  zh: '备案记录超过 4 GiB，一个快照放不下',
  en: 'more than 4 GiB of records: too much for one snapshot',
};

/** A list of unsigned 32-bit numbers that grows. */
export class NumberList {
  values = new Uint32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Uint32Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length] = value;
    this.length += 1;
  }
}
