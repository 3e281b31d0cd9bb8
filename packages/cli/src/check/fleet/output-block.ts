/** A block is given away when it holds so much. */
const fullBytes = 1 << 18;

/** Bytes that are put one behind the other, and given away in blocks. */
export class OutputBlock {
  bytes: Buffer = Buffer.allocUnsafeSlow(2 * fullBytes);
  end = 0;

  /** Room for so many bytes more. */
  makeRoom(count: number): void {
    if (this.end + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * fullBytes, 2 * (this.end + count)));
    larger.set(this.bytes.subarray(0, this.end));
    this.bytes = larger;
  }

  put(bytes: Uint8Array): void {
    this.makeRoom(bytes.length);
    this.bytes.set(bytes, this.end);
    this.end += bytes.length;
  }

  /** The bytes from `from` up to `to`, which are few. */
  putPart(source: Uint8Array, from: number, to: number): void {
    this.makeRoom(to - from);
    const { bytes, end } = this;
    for (let index = from; index < to; index += 1) bytes[end + index - from] = source[index] ?? 0;
    this.end = end + to - from;
  }

  putText(text: string): void {
    // A unit of UTF-16 takes at most three bytes.
    this.makeRoom(text.length * 3);
    this.end += this.bytes.write(text, this.end);
  }

  /** ASCII over what is already there. */
  overwrite(text: string, at: number): void {
    const { bytes } = this;
    for (let index = 0; index < text.length; index += 1) bytes[at + index] = text.charCodeAt(index);
  }

  /** What was put, as soon as it fills a block (`rest`: in any case); null: not yet. */
  take(rest?: 'rest'): Uint8Array | null {
    if (this.end === 0 || (this.end < fullBytes && rest === undefined)) return null;
    const taken = this.bytes.subarray(0, this.end);
    // What was given away belongs to whoever took it.
    this.bytes = Buffer.allocUnsafeSlow(rest === undefined ? 2 * fullBytes : 0);
    this.end = 0;
    return taken;
  }
}
