import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { GateFile, GateFiles } from '../ports/index.ts';
import type { BuilderTask, FromBuilder, ToBuilder } from './build-worker.ts';

/**
 * Snapshots in a folder of their own below the system's for temporary files; a thread for each building.
 * @param signingKey PEM; null for snapshots that nobody signs
 */
export function createGateFiles(signingKey: string | null = null): GateFiles {
  let folder: string | null = null;
  let latest: GateFile | null = null;
  let building: Promise<GateFile> | null = null;
  let count = 0;

  async function build(...[about, fill]: Parameters<GateFiles['build']>): Promise<GateFile> {
    folder ??= mkdtempSync(join(tmpdir(), 'openbeian-gate-'));
    count += 1;
    const path = join(folder, `${count}.snapshot`);
    const builder = startBuilder({ signingKey });
    try {
      const moment = await fill(() => {
        builder.send({ kind: 'begin', about });
        return {
          // Waiting for the builder keeps at most two pages in memory.
          page: async (lines) => void (await builder.ask({ kind: 'rows', lines })),
          changes: async (changes) => void (await builder.ask({ kind: 'changes', changes })),
        };
      });
      const { sequence, mark } = moment;
      const { bytes, leftOut, unreadable } = await builder.ask({ kind: 'finish', path, moment });
      const before = latest;
      latest = { path, bytes, leftOut, unreadable, sequence, mark: mark ?? '' };
      // Who is reading the old one has it open.
      if (before !== null) await rm(before.path, { force: true });
      return latest;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await builder.stop();
    }
  }

  return {
    current: () => latest,
    build(about, fill) {
      building ??= build(about, fill).finally(() => {
        building = null;
      });
      return building;
    },
    async close() {
      await building?.catch(() => {});
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
      folder = null;
      latest = null;
    },
  };
}

type Built = Extract<FromBuilder, { kind: 'done' }>;

function startBuilder(task: BuilderTask) {
  const worker = new Worker(new URL('./build-worker.ts', import.meta.url), { workerData: task });
  let waiting: PromiseWithResolvers<Built> | null = null;
  let ended: Error | null = null;
  const fail = (error: Error) => {
    ended ??= error;
    waiting?.reject(error);
    waiting = null;
  };
  worker.on('message', (message: FromBuilder) => {
    if (message.kind === 'failed') {
      const error = new Error(`the snapshot cannot be built: ${message.why}`);
      fail(message.code === null ? error : Object.assign(error, { code: message.code }));
    }
    if (message.kind === 'done') {
      waiting?.resolve(message);
      waiting = null;
    }
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the builder of snapshots ended')));
  return {
    send: (message: ToBuilder) => worker.postMessage(message, []),
    /** One question at a time. */
    async ask(message: ToBuilder): Promise<Built> {
      if (ended !== null) throw ended;
      waiting = Promise.withResolvers();
      const { promise } = waiting;
      worker.postMessage(message, []);
      return promise;
    },
    async stop() {
      ended ??= new Error('stopped');
      await worker.terminate();
    },
  };
}
