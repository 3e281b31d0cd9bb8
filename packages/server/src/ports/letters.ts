import type { LetterDocument } from '@openbeian/model/materials';

/** Lays letters out as PDF, beside the process that answers requests. */
export interface Letters {
  /**
   * A PDF in Chinese, with its font in it. What the font has no sign for is left open and named in a footnote.
   * @throws Fault `server.busy` when too many wait
   */
  write(letter: LetterDocument, caller: string): Promise<Uint8Array>;
}
