import { Fault } from '@openbeian/model/fault';
import type { LetterDocument } from '@openbeian/model/materials';
import type { Letters } from '../../ports/index.ts';
import { IsolatedProcess } from '../isolated/isolated-process.ts';

type Written = { readonly pdf: Uint8Array } | { readonly isTooHeavy: true };

/** Writes letters in a process of its own: the font has ten megabytes, and no request waits behind its reading. */
export class LetterWriter implements Letters {
  readonly #process = new IsolatedProcess<LetterDocument, Written>(new URL('./letter-process.ts', import.meta.url), {
    isTooHeavy: true,
  });

  async write(letter: LetterDocument, caller: string): Promise<Uint8Array> {
    const written = await this.#process.ask(caller, letter);
    if ('pdf' in written) return written.pdf;
    throw new Fault('server.busy', { retryAfterSeconds: 5 });
  }

  close(): void {
    this.#process.close();
  }
}
