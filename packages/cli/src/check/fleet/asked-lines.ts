import type { Resource } from '@openbeian/model/eligibility';
import type { FleetLines } from './fleet-lines.ts';
import { LineTable, type TextHash } from './line-table.ts';
import { hashOfText, type SeenIds, seenIds } from './seen-ids.ts';

/** `provider/product/id`, which no two resources share. */
export function keyOf({ provider, product, id }: Resource): string {
  return `${provider}/${product}/${id}`;
}

/**
 * Ids that some line asks for, in a filter that threads share: those behind load balancers, and those that may be given twice. Each
 * is noted alone, so that lines can be left out unread, and as what it is.
 */
export class AskedIds {
  readonly #ids: SeenIds;

  constructor(memory: SharedArrayBuffer) {
    this.#ids = seenIds(memory);
  }

  noteServer(provider: string, id: string): void {
    this.#ids.mayBeSeen(id);
    this.#ids.mayBeSeen(`${provider}/${id}`);
  }

  noteRepeated(resource: Resource): void {
    this.#ids.mayBeSeen(resource.id);
    this.#ids.mayBeSeen(keyOf(resource));
  }

  /** Does perhaps nobody ask for the resource whose line begins here? Only of lines that begin with their id, as nearly all do. */
  skips(bytes: Buffer, from: number): boolean {
    for (let index = 0; index < idFirst.length; index += 1) if (bytes[from + index] !== idFirst[index]) return false;
    const start = from + idFirst.length;
    let end = start;
    while (bytes[end] !== quote) end += 1;
    return !this.#ids.mayHold(bytes, start, end);
  }

  asksFor(resource: Resource): boolean {
    const { provider, id } = resource;
    if (!this.#ids.mayHoldText(id)) return false;
    return this.#ids.mayHoldText(`${provider}/${id}`) || this.#ids.mayHoldText(keyOf(resource));
  }
}

const idFirst = Buffer.from('{"id":"');
const quote = 0x22;

/** Lines of a span that somebody asks for, in their order. */
export interface FoundLines {
  /** Of each line that is one resource: both hashes of its key, and its offset in the file. */
  readonly lines: readonly number[];
  readonly rows: readonly FoundRow[];
}

/** A resource of a line with several. */
export interface FoundRow {
  readonly resource: Resource;
  readonly row: number;
  readonly offset: number;
  /** So many of the span's `lines` come before it. */
  readonly behind: number;
}

/** A resource that is given for the second time, and where. */
export interface GivenTwice {
  readonly key: string;
  readonly row: number | null;
  readonly offset: number;
  readonly firstOffset: number;
}

/** What threads need to read asked resources again: where the lines are, and what is in lines with several resources. */
export interface AskedMemory {
  readonly table: SharedArrayBuffer;
  readonly rows: ReadonlyMap<string, FoundRow>;
}

/** The lines that were asked for, over all spans: each resource once. */
export class AskedLines {
  readonly #table: LineTable;
  /** By key. A line with several resources may be long, so it is not read again. */
  readonly #rows: Map<string, FoundRow>;
  readonly #lines: FleetLines;
  /** Both uses of a load balancer, and its last good day, ask one after the other. */
  #lastOffset = -1;
  #last: Resource | null = null;

  constructor(lines: FleetLines, memory?: AskedMemory) {
    this.#lines = lines;
    this.#table = new LineTable(memory?.table);
    this.#rows = new Map(memory?.rows);
  }

  get memory(): AskedMemory {
    return { table: this.#table.memory, rows: this.#rows };
  }

  /** Adds what was found in the next span; answers the first resource that was there already. */
  add({ lines, rows }: FoundLines): GivenTwice | null {
    let row = 0;
    for (let at = 0; at <= lines.length; at += 3) {
      for (let found = rows[row]; found !== undefined && found.behind * 3 === at; found = rows[(row += 1)]) {
        const twice = this.#addRow(found);
        if (twice !== null) return twice;
      }
      if (at === lines.length) break;
      const [one = 0, other = 0, offset = 0] = [lines[at], lines[at + 1], lines[at + 2]];
      const twice = this.#addLine({ one, other }, offset);
      if (twice !== null) return twice;
    }
    return null;
  }

  /** The resource with this key, to be kept. */
  find(key: string): Resource | undefined {
    const row = this.#rows.get(key);
    if (row !== undefined) return row.resource;
    const offset = this.#offsetOf(hashOfText(key), key);
    return offset < 0 ? undefined : (this.#resourceAt(offset) ?? undefined);
  }

  #addLine(hash: TextHash, offset: number): GivenTwice | null {
    let key: string | null = null;
    const first = this.#table.find(hash, (other) => {
      const resource = this.#resourceAt(offset);
      if (resource === null) return false;
      key = keyOf(resource);
      return this.#isAt(other, key);
    });
    if (first >= 0 && key !== null) return { key, row: null, offset, firstOffset: first };
    this.#table.add(hash, offset);
    return null;
  }

  #addRow(found: FoundRow): GivenTwice | null {
    const { row, offset } = found;
    const key = keyOf(found.resource);
    const hash = hashOfText(key);
    const first = this.#offsetOf(hash, key);
    if (first >= 0) return { key, row, offset, firstOffset: first };
    this.#table.add(hash, offset);
    this.#rows.set(key, found);
    return null;
  }

  #offsetOf(hash: TextHash, key: string): number {
    return this.#table.find(hash, (offset) => this.#isAt(offset, key));
  }

  #isAt(offset: number, key: string): boolean {
    if (this.#rows.get(key)?.offset === offset) return true;
    const resource = this.#resourceAt(offset);
    return resource !== null && keyOf(resource) === key;
  }

  /** Null: there are several in this line. */
  #resourceAt(offset: number): Resource | null {
    if (offset !== this.#lastOffset) {
      this.#last = this.#lines.resourceAt(offset);
      this.#lastOffset = offset;
    }
    return this.#last;
  }
}
