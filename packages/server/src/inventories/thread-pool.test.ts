import { isFault } from '@openbeian/model/fault';
import { afterEach, describe, expect, it } from 'vitest';
import type { Script } from './testing/scripted-thread.ts';
import { ThreadPool, type ThreadPoolBounds } from './thread-pool.ts';

const bounds: ThreadPoolBounds = { threads: 1, mostWaiting: 3, mostPerCaller: 3, limitMs: 10_000, memoryMb: 24 };
let pool: ThreadPool<Script, string>;
const open = (some: Partial<ThreadPoolBounds> = {}) => {
  pool = new ThreadPool(new URL('./testing/scripted-thread.ts', import.meta.url), null, { ...bounds, ...some });
};
afterEach(() => pool.close());
const outcome = (work: Promise<string>) =>
  work.catch((error: unknown) => (isFault(error, 'server.busy') ? error.extras.retryAfterSeconds : error));

describe('a pool of threads', () => {
  it.each([
    ['hang', { limitMs: 2000 }],
    ['end', {}],
    ['throw', {}],
    ['fill memory', {}],
  ] as const)('replaces one that was told to %s; its caller is to come again', async (script, some) => {
    open(some);
    const [broken, next] = [pool.ask('a', script), pool.ask('b', 'answer')];
    expect([await outcome(broken), await outcome(next)]).toEqual([5, 'answered']);
    expect(pool.size).toBe(1);
  });

  it('lets so many wait, and so many of one caller', async () => {
    open({ mostWaiting: 4 });
    const asked = [...'aaaaabbb'].map((caller) => outcome(pool.ask(caller, 'answer')));
    // Of `a` one is being done and two wait; two of `b` find room behind them.
    expect(await Promise.all(asked)).toEqual([...Array(3).fill('answered'), 5, 5, 'answered', 'answered', 5]);
    expect(await outcome(pool.ask('a', 'answer'))).toBe('answered');
  });

  it('ends its threads when it is closed, also one that hangs; who waits is told', async () => {
    open();
    const asked = [pool.ask('a', 'hang'), pool.ask('a', 'answer')].map(outcome);
    await pool.close();
    expect(await Promise.all(asked)).toEqual([5, 5]);
    expect(pool.size).toBe(0);
    expect(await outcome(pool.ask('a', 'answer'))).toBe(5);
  });
});
