import type { PictureDefect } from '@openbeian/model/materials';
import type { Pictures, PictureTask, SeenPicture } from '../../ports/index.ts';
import { type Bounds, IsolatedProcess } from '../isolated/isolated-process.ts';

/** Looks at pictures in a process of its own: decoders are large programs in C, and what they are given comes from anybody. */
export class PictureProcesses implements Pictures {
  readonly #process: IsolatedProcess<PictureTask, SeenPicture | PictureDefect>;

  constructor(bounds: Partial<Bounds> = {}) {
    const file = new URL('./picture-process.ts', import.meta.url);
    this.#process = new IsolatedProcess<PictureTask, SeenPicture | PictureDefect>(
      file,
      { defect: 'too_heavy' },
      bounds,
    );
  }

  look(task: PictureTask, caller: string): ReturnType<Pictures['look']> {
    return this.#process.ask(caller, task);
  }

  /** The process that runs now, if any; tests kill it. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Ends the process; whoever waits is told to come again. */
  close(): void {
    this.#process.close();
  }
}
