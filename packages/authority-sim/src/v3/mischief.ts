import { AsyncLocalStorage } from 'node:async_hooks';
import { lineKey } from '../core/lines.ts';
import { seededChance } from '../core/seeded.ts';
import type { Line } from '../core/words.ts';

/** Faults of the authority's side, each with what it does and once in how many chances it is played; null: only where it is ordered. */
export const faults = {
  maintenance: { odds: 12, zh: '系统维护，返回 901 或 902', en: 'maintenance: the call is answered 901 or 902' },
  closed: { odds: 14, zh: '不在报备时段，返回 20', en: 'outside the hours: an upload is answered 20' },
  connection_dropped: {
    odds: 8,
    zh: '已受理，应答前断开连接',
    en: 'the call took effect, and the connection is dropped before the answer',
  },
  acknowledgement_lost: {
    odds: 8,
    zh: '确认应答成功但未记录，同一文件再次下发',
    en: 'an acknowledgement is answered and forgotten: the file comes again',
  },
  late: { odds: 4, zh: '已有数据，下载时仍答无数据', en: 'something waits, and the download is answered: nothing' },
  delivered_twice: { odds: 6, zh: '已确认的文件再次下发', en: 'a file comes again after its acknowledgement' },
  out_of_order: { odds: 3, zh: '结果顺序打乱', en: 'results come in another order' },
  results_split: { odds: 3, zh: '结果拆分到多个文件', en: 'results are split over several files' },
  truncated_zip: { odds: 8, zh: '压缩包被截断', en: 'the ZIP is cut off' },
  wrong_hash: { odds: 8, zh: '哈希值有误', en: 'the hash is wrong' },
  unknown_code: {
    odds: 6,
    zh: '结果前另有一条未知代码',
    en: 'before a result comes another with a code that the interface does not have',
  },
  foreign_result: { odds: 8, zh: '夹带其他单位的结果', en: 'another provider’s result comes along' },
  too_many_files: { odds: null, zh: '待处理文件过多，返回 15', en: 'too many files wait: an upload is answered 15' },
  sequence_doubted: {
    odds: null,
    zh: '提示缺少此前的上报，返回 14；查询后重报即受理',
    en: 'an upload is answered 14, though nothing is missing: it is taken once the last one was asked for',
  },
  not_opened: { odds: null, zh: '功能未开放，返回 19', en: 'the function is not opened: the call is answered 19' },
  other_error: { odds: null, zh: '其他错误，返回 999', en: 'another error: the call is answered 999' },
} as const;
export type FaultName = keyof typeof faults;
/** Object.keys forgets which keys there are, and that there is one. */
export const faultNames = Object.keys(faults) as [FaultName];

export interface PlayedFault {
  readonly n: number;
  readonly at: string;
  readonly name: FaultName;
  readonly line: Line;
  /** The file or the sequence, where there is one. */
  readonly about: string | null;
}

/** So many are remembered. */
const mostPlayed = 10_000;
/** Never more often in a row, so that whoever tries again gets through. */
const mostInARow = 2;

interface MischiefOptions {
  readonly seed: number;
  readonly calm: boolean;
  readonly now: () => string;
  /** Faults that are played only where they are ordered. */
  readonly undrawn?: readonly FaultName[];
}

/**
 * Decides which faults are played: seeded, so that the same calls meet the same ones; none where it is calm, but for those that were
 * ordered. Which chances there were is not in the journal: after a restart they are counted from the beginning.
 */
export class Mischief {
  readonly #options: MischiefOptions;
  readonly #log: (line: string) => void;
  readonly #played: PlayedFault[] = [];
  readonly #chances = new Map<string, { count: number; inARow: number }>();
  readonly #ordered: { name: FaultName; line: Line | null; times: number }[] = [];
  #count = 0;
  readonly #during = new AsyncLocalStorage<FaultName[]>();

  constructor(options: MischiefOptions, log: (line: string) => void) {
    this.#options = options;
    this.#log = log;
  }

  /** Those that were played, the oldest first. */
  get played(): readonly PlayedFault[] {
    return this.#played;
  }

  /** @returns what came of the work, and the faults that were played in it, not those of others at the same time */
  async playedDuring<Result>(work: () => Promise<Result>): Promise<{ result: Result; faults: readonly FaultName[] }> {
    const faults: FaultName[] = [];
    return { result: await this.#during.run(faults, work), faults };
  }

  /** Plays a fault at the next chances; `line` null: of any line. */
  order(name: FaultName, times: number, line: Line | null): void {
    this.#ordered.push({ name, line, times });
  }

  /** A chance: is the fault played? */
  plays(name: FaultName, line: Line, about: string | null = null): boolean {
    const played = this.#takeOrder(name, line) || this.#draw(name, line);
    if (!played) return false;
    this.#count += 1;
    this.#played.push({ n: this.#count, at: this.#options.now(), name, line, about });
    if (this.#played.length > mostPlayed) this.#played.shift();
    this.#during.getStore()?.push(name);
    this.#log(`fault ${name} played on line ${lineKey(line)}${about === null ? '' : ` (${about})`}`);
    return true;
  }

  #takeOrder(name: FaultName, line: Line): boolean {
    const index = this.#ordered.findIndex(
      (order) => order.name === name && (order.line === null || lineKey(order.line) === lineKey(line)),
    );
    const order = this.#ordered[index];
    if (order === undefined) return false;
    order.times -= 1;
    if (order.times <= 0) this.#ordered.splice(index, 1);
    return true;
  }

  #draw(name: FaultName, line: Line): boolean {
    const { odds } = faults[name];
    if (this.#options.calm || odds === null || this.#options.undrawn?.includes(name)) return false;
    const key = `${name} ${lineKey(line)}`;
    const chances = this.#chances.get(key) ?? { count: 0, inARow: 0 };
    chances.count += 1;
    const isPlayed = chances.inARow < mostInARow && seededChance(odds, this.#options.seed, key, chances.count);
    chances.inARow = isPlayed ? chances.inARow + 1 : 0;
    this.#chances.set(key, chances);
    return isPlayed;
  }
}
