import { setTimeout as wait } from 'node:timers/promises';
import type { LineKey, LineWork } from '../../ports/index.ts';
import { unreachable } from './line-faults.ts';
import type { LineOptions } from './line-options.ts';

/** Short, so that what a killed process had is soon taken up; renewed while work is under way. */
const leaseMs = 15_000;
const renewEveryMs = 5_000;
const lookEveryMs = 50;

export interface Holding {
  readonly line: LineKey;
  readonly work: LineWork;
  /** Unique among all that run. */
  readonly owner: string;
  /** How long it is waited for a line that another process has; 0: it is not. */
  readonly patienceMs: number;
}

/**
 * Works while this process has the line; null where another one has it and goes on having it.
 * @throws what `work` throws
 */
export async function whileHolding<Result>(
  options: Pick<LineOptions, 'store' | 'clock' | 'pause'>,
  { line, work: kind, owner, patienceMs }: Holding,
  work: () => Promise<Result>,
): Promise<Result | null> {
  const { store, clock, pause = (ms: number) => wait(ms) } = options;
  const holder = { work: kind, owner };
  const hold = () => {
    const at = clock.now();
    const until = new Date(Date.parse(at) + leaseMs).toISOString();
    return store.transaction(({ authorityLedger }) => authorityLedger.holdLine(line, holder, at, until));
  };
  const endMs = performance.now() + patienceMs;
  while (!(await hold())) {
    if (performance.now() >= endMs) return null;
    await pause(lookEveryMs);
  }
  // A renewal that fails is made up for by the next; if none works, what is written down keeps the order all the same.
  const renewing = setInterval(() => void hold().catch(() => {}), renewEveryMs);
  try {
    return await work();
  } finally {
    clearInterval(renewing);
    // What cannot be given back now ends by itself.
    await store.transaction(({ authorityLedger }) => authorityLedger.releaseLine(line, holder)).catch(() => {});
  }
}

export const busyLine = () =>
  unreachable({ zh: '另一个进程正在向该省报送', en: 'another process is sending to this province' });
