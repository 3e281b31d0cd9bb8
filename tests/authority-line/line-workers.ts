import { dirname, join } from 'node:path';
import { type OwnProcess, startProgram } from '../lifecycle/child-process.ts';

const program = join(import.meta.dirname, 'line-worker.ts');

/** Workers in processes of their own; each can be killed, and is started again at once. */
export async function startLineWorkers(count: number, args: readonly string[]) {
  // Modules are compiled once, not at every start.
  const compileCache = join(dirname(args[0] ?? ''), 'compiled');
  const start = () => startProgram([program, ...args], /worker runs/, { NODE_COMPILE_CACHE: compileCache });
  const running: (OwnProcess | null)[] = await Promise.all(Array.from({ length: count }, start));
  const ended: OwnProcess[] = [];
  const restarts = new Set<Promise<void>>();
  /** Set when one does not come back. */
  let failure: unknown = null;
  const said = (): string[] =>
    [...ended, ...running].flatMap((one) => one?.said ?? []).filter((line) => !line.includes('worker runs'));
  return {
    /** Kills one with `kill -9`; one that is on its way up is left alone. @returns whether it was there to be killed */
    kill(index: number): boolean {
      const one = running[index];
      if (!one) return false;
      running[index] = null;
      const again = async () => {
        await one.kill();
        ended.push(one);
        running[index] = await start();
      };
      const restart = again().catch((error: unknown) => {
        failure = error;
      });
      restarts.add(restart);
      void restart.finally(() => restarts.delete(restart));
      return true;
    },
    /** @throws where one could not be started again */
    check(): void {
      if (failure !== null) throw failure;
    },
    /** What they wrote to their logs. */
    said,
    async stop(): Promise<void> {
      await Promise.all(restarts);
      await Promise.all(running.flatMap((one) => one?.kill() ?? []));
    },
  };
}
export type LineWorkers = Awaited<ReturnType<typeof startLineWorkers>>;
