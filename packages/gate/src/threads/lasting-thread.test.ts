import { expect, test, vi } from 'vitest';
import { LastingThread } from './lasting-thread.ts';

/** Says what it was started with; fails when told to; has something to finish when it is to stop. */
const program = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, workerData } from 'node:worker_threads';
    parentPort.postMessage({ kind: 'begun', task: workerData });
    parentPort.on('message', ({ kind }) => {
      if (kind === 'fail') throw new RangeError('an error of ours');
      setTimeout(() => {
        parentPort.postMessage({ kind: 'finished' });
        parentPort.postMessage({ kind: 'stopped' });
      }, 50);
    });`)}`,
);

type Told = { kind: 'begun'; task: number } | { kind: 'finished' } | { kind: 'stopped' };

function start(onEvent: (event: string) => void = () => {}) {
  const said: unknown[] = [];
  let tasks = 0;
  const thread = new LastingThread<{ kind: 'fail' }, Told>({
    program,
    name: 'tested',
    log(level, event, fields) {
      said.push({ level, event, ...fields });
      onEvent(event);
    },
    task: () => ++tasks,
    onMessage: (message) => said.push(message),
    onEnd: () => said.push('end'),
    onRestart: () => said.push('restart'),
    restartAfterMs: 10,
  });
  return { thread, said };
}

test('one that fails is replaced, and its successor stops in order as well', async () => {
  const { thread, said } = start();
  await vi.waitFor(() => expect(said).toEqual([{ kind: 'begun', task: 1 }]), { timeout: 10_000 });
  thread.tell({ kind: 'fail' });
  await vi.waitFor(() => expect(said).toContainEqual({ kind: 'begun', task: 2 }), { timeout: 10_000 });
  expect(thread.isRunning).toBe(true);
  await thread.close();
  expect(said.slice(1)).toEqual([
    { level: 'error', event: 'tested_thread_failed', code: 'RangeError' },
    'end',
    { level: 'error', event: 'tested_thread_ended', restartMs: 10 },
    'restart',
    { kind: 'begun', task: 2 },
    { kind: 'finished' },
    'end',
  ]);
  expect(thread.isRunning).toBe(false);
});

test('none follows one that ended while all is being closed', async () => {
  const { thread, said } = start((event) => {
    if (event === 'tested_thread_ended') void thread.close();
  });
  await vi.waitFor(() => expect(said).toHaveLength(1), { timeout: 10_000 });
  thread.tell({ kind: 'fail' });
  await vi.waitFor(() => expect(said).toContain('end'), { timeout: 10_000 });
  await thread.close();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(said).not.toContain('restart');
});
