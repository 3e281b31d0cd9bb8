import { allOperations, type Noun, type OperationId } from '@openbeian/contract';
import type { CalledOperation } from '@openbeian/contract/calling';

/** What the console must know of an operation: how it is called, and what its answer is made of. */
export type ConsoleOperation = CalledOperation & { readonly id: OperationId; readonly nouns: readonly Noun[] };

/** The operations by their ids, without the shapes of what they take and answer: those weigh more than all pages together. */
export const operationTable = Object.fromEntries(
  allOperations.map(({ id, method, path, command, bytes, nouns }) => [
    id,
    { id, method, path, command, nouns, ...(bytes !== undefined && { bytes }) },
  ]),
  // One entry for each operation of the contract.
) as unknown as Readonly<Record<OperationId, ConsoleOperation>>;
