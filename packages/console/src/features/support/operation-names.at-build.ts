import { allOperations } from '@openbeian/contract';
import type { BothTexts } from '../../language/words.ts';

/** What each query is called, by its operation: support access reads and changes nothing. */
export const operationNames: Readonly<Record<string, BothTexts>> = Object.fromEntries(
  allOperations.filter(({ command }) => !command).map(({ id, summary }) => [id, summary]),
);
