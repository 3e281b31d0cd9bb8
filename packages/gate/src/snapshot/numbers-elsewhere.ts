import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { normaliseHost } from '@openbeian/model/domain-name';
import { isFilingNumber } from '@openbeian/model/gate';
import type { GateLog } from '../log.ts';

/**
 * Names that were filed through other providers, with their numbers, as whoever takes customers' domains lists them: what the
 * provider has no record of cannot come with the snapshot. A file of lines `example.cn 京ICP备11018762号-1`, put in place by
 * rename; it is read again when it changes. What is no name or no number is left out and counted.
 */
export class NumbersElsewhere {
  readonly #file: string;
  readonly #log: GateLog;
  #numbers: ReadonlyMap<string, string> = new Map();
  #identity = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(file: string, log: GateLog) {
    this.#file = file;
    this.#log = log;
  }

  /** The name that a host is filed under elsewhere, with its number; null for none. */
  find(host: string): { readonly name: string; readonly number: string } | null {
    const { registrableName } = normaliseHost(host);
    const number = registrableName === null ? undefined : this.#numbers.get(registrableName);
    return registrableName === null || number === undefined ? null : { name: registrableName, number };
  }

  /** Reads the file, and again whenever it is another. A file that cannot be read leaves what was read before. */
  async follow(everyMs = 1000): Promise<void> {
    await this.#look();
    const again = () => {
      this.#timer = setTimeout(() => void this.#look().finally(again), everyMs).unref();
    };
    again();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    let identity = '';
    try {
      const { ino, size, mtimeMs } = await stat(this.#file);
      identity = `${ino} ${size} ${mtimeMs}`;
      if (identity === this.#identity) return;
      const { numbers, leftOut } = await readNumbers(this.#file);
      this.#numbers = numbers;
      this.#log(leftOut === 0 ? 'info' : 'error', 'numbers_file_read', { names: numbers.size, leftOut });
    } catch (cause) {
      const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
      identity = why;
      if (identity !== this.#identity) this.#log('error', 'numbers_file_trouble', { why });
    }
    this.#identity = identity;
  }
}

/** Line by line, so that a large file does not hold answers up. */
async function readNumbers(file: string): Promise<{ numbers: Map<string, string>; leftOut: number }> {
  const numbers = new Map<string, string>();
  let leftOut = 0;
  for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
    const text = line.replace(/#.*/, '').trim();
    if (text === '') continue;
    const [, name = '', number = ''] = /^(\S+)\s+(.+)$/.exec(text) ?? [];
    const { host, registrableName } = normaliseHost(name);
    // A record is of the registrable name; a number for a sub-domain would be somebody's mistake.
    if (registrableName === null || host !== registrableName || !isFilingNumber(number)) leftOut += 1;
    else numbers.set(registrableName, number);
  }
  return { numbers, leftOut };
}
