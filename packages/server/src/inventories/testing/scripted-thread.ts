import { parentPort } from 'node:worker_threads';

/** What a thread of the tests does with a task. */
export type Script = 'answer' | 'hang' | 'end' | 'throw' | 'fill memory';

const port = parentPort;
port?.on('message', (script: Script) => {
  const kept: number[][] = [];
  switch (script) {
    case 'answer':
      return port.postMessage('answered', []);
    case 'hang':
      for (;;);
    case 'end':
      return process.exit(0);
    case 'throw':
      throw new Error('as told');
    case 'fill memory':
      for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => index + 0.5));
  }
});
