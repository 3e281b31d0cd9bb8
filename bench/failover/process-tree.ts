import { readdirSync } from 'node:fs';
import { statOf } from '../shared/processes.ts';

/** A process of this machine and the process that started it. */
interface Family {
  readonly pid: number;
  readonly parent: number;
}

function allProcesses(): Family[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // After the state.
      const [, parent] = statOf(Number(name));
      return [{ pid: Number(name), parent: Number(parent) }];
    } catch {
      return []; // It ended meanwhile.
    }
  });
}

/** These processes and all that they started, also by others in between. */
export function withDescendants(roots: readonly number[]): number[] {
  const all = allProcesses();
  const found = new Set(roots);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

/** Sends a signal to each that is there still. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended meanwhile.
    }
  }
}
