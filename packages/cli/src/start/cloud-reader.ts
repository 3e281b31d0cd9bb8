import { Worker } from 'node:worker_threads';
import type { CloudReader, CloudReading, InventorySync, SyncText } from '@openbeian/server/main/worker';
import type { CloudThreadAnswer, CloudThreadData } from './cloud-reader-thread.ts';
import { cloudReaderWords as words } from './words.ts';

/** Heap of one reading; the largest inventory that is taken needs a part of it. */
const memoryMb = 1024;

/**
 * Reads clouds as `openbeian sync` does, each in a thread of its own that ends with the reading: what an SDK keeps hanging, holds or
 * forgets is gone then, and a large answer is parsed beside everything else.
 */
export function createCloudReader(): CloudReader {
  const running = new Set<{ readonly stop: () => Promise<void> }>();
  return {
    async read(sync) {
      const { promise, resolve } = Promise.withResolvers<CloudReading | { readonly trouble: SyncText } | 'stopped'>();
      const workerData: CloudThreadData = { sync };
      const thread = new Worker(new URL('./cloud-reader-thread.ts', import.meta.url), {
        workerData,
        resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      });
      const late = setTimeout(() => resolve({ trouble: words.late(sync.timeoutMinutes) }), minutesMs(sync));
      thread.on('message', (answer: CloudThreadAnswer) => resolve(answer));
      thread.on('error', (error) => resolve({ trouble: words.broken(error.name) }));
      thread.on('exit', () => resolve({ trouble: words.broken('exit') }));
      const one = {
        async stop() {
          resolve('stopped');
          await thread.terminate();
        },
      };
      running.add(one);
      try {
        return await promise;
      } finally {
        clearTimeout(late);
        running.delete(one);
        await thread.terminate();
      }
    },
    async stop() {
      await Promise.all(Array.from(running, (one) => one.stop()));
    },
  };
}

const minutesMs = ({ timeoutMinutes }: InventorySync): number => timeoutMinutes * 60_000;
