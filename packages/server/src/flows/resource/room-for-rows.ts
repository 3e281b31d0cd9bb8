/** How long an answer about an inventory may be, for each byte of it and besides. */
const timesAsLong = 3;
const freeBytes = 32 * 1024;

/** Rows of an answer that is never much longer than the question: those that there is no room for are counted. */
export class RoomForRows {
  #left: number;
  #leftOut = 0;

  constructor(questionBytes: number) {
    this.#left = timesAsLong * questionBytes + freeBytes;
  }

  get leftOut(): number {
    return this.#leftOut;
  }

  get isFull(): boolean {
    return this.#left <= 0;
  }

  /** The first of these, as many as there is room for. */
  takeOf<Row>(rows: readonly Row[]): Row[] {
    const taken: Row[] = [];
    for (const row of rows) {
      if (this.isFull) break;
      this.#left -= Buffer.byteLength(JSON.stringify(row)) + 1;
      if (!this.isFull) taken.push(row);
    }
    this.leaveOut(rows.length - taken.length);
    return taken;
  }

  leaveOut(rows: number): void {
    this.#leftOut += rows;
  }
}
