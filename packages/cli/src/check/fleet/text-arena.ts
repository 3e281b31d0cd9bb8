import type { OutputBlock } from './output-block.ts';
import { type SlotValues, splitMarks } from './text-template.ts';

/** A template by where its description begins in the arena's numbers. */
export type TemplateId = number;

/** Rests of a copy are made in whole words, so that this many bytes beyond a text are read. */
const padding = 8;

/**
 * All templates of a thread in one piece of memory: their bytes one behind the other, and numbers that say where each is and which
 * values are written over it. With an object, a buffer and two lists for each, most of the time went into waiting for these places
 * of memory, one behind the other.
 */
export class TextArena {
  #bytes = Buffer.alloc(1 << 19);
  view: DataView = viewOf(this.#bytes);
  /** For each template: offset, length, how many values, and of each its kind and its offset. */
  numbers = new Int32Array(1 << 14);
  #bytesEnd = 0;
  #numbersEnd = 0;

  /** How many bytes the templates take. */
  get size(): number {
    return this.#bytesEnd + 4 * this.#numbersEnd;
  }

  /** Keeps a text that may hold marks; `values` are of the length that every value of this template has. */
  add(text: string, values: SlotValues): TemplateId {
    const { made, slots } = splitMarks(text, values);
    this.#makeRoom(made.length, 3 + 2 * slots.length);
    const id = this.#numbersEnd;
    const { numbers } = this;
    made.copy(this.#bytes, this.#bytesEnd);
    numbers[id] = this.#bytesEnd;
    numbers[id + 1] = made.length;
    numbers[id + 2] = slots.length;
    slots.forEach(({ kind, offset }, index) => {
      numbers[id + 3 + 2 * index] = kind;
      numbers[id + 4 + 2 * index] = offset;
    });
    this.#bytesEnd += made.length;
    this.#numbersEnd += 3 + 2 * slots.length;
    return id;
  }

  /** Keeps numbers that say how templates follow each other, and returns where they begin. */
  addNumbers(given: readonly number[]): number {
    this.#makeRoom(0, given.length);
    const at = this.#numbersEnd;
    this.numbers.set(given, at);
    this.#numbersEnd += given.length;
    return at;
  }

  put(out: OutputBlock, id: TemplateId, values: SlotValues): void {
    const { numbers } = this;
    const from = out.end;
    out.putWords(this.view, numbers[id] ?? 0, numbers[id + 1] ?? 0);
    const end = id + 3 + 2 * (numbers[id + 2] ?? 0);
    for (let slot = id + 3; slot < end; slot += 2) {
      out.overwrite(values[numbers[slot] ?? 0] ?? '', from + (numbers[slot + 1] ?? 0));
    }
  }

  #makeRoom(bytes: number, numbers: number): void {
    if (this.#bytesEnd + bytes + padding > this.#bytes.length) {
      const larger = Buffer.alloc(2 * (this.#bytesEnd + bytes + padding));
      this.#bytes.copy(larger);
      this.#bytes = larger;
      this.view = viewOf(larger);
    }
    if (this.#numbersEnd + numbers > this.numbers.length) {
      const larger = new Int32Array(2 * (this.#numbersEnd + numbers));
      larger.set(this.numbers);
      this.numbers = larger;
    }
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
