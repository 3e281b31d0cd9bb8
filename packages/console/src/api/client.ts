import type { OperationId, Operations, Problem } from '@openbeian/contract';
import { type CallOptions, type Read, type Readers, send } from '@openbeian/contract/calling';
import type { Answer, Input } from '@openbeian/contract/client';
import { conditionalFetch } from './conditional-fetch.ts';
import { isProblem } from './is-problem.ts';
import { type ConsoleOperation, operationTable } from './operation-table.at-build.ts';

export type InputOf<Id extends OperationId> = Input<Operations[Id]>;
export type AnswerOf<Id extends OperationId> = Answer<Operations[Id]>;

const unread: Read<never> = { success: false, error: new Error('not the JSON that was expected') };

/** The server that delivered this page checks its answers by their shapes; here it is enough that they are answers of its. */
const readers: Readers<ConsoleOperation> = {
  answer: (_, json) => (typeof json === 'object' && json !== null ? { success: true, data: json } : unread),
  problem: (json): Read<Problem> => (isProblem(json) ? { success: true, data: json } : unread),
};

/** The server that delivered this page. */
const options = { baseUrl: '', readers, fetch: conditionalFetch };

/** Calls one operation by its id; the types are those of the contract. */
export function call<Id extends OperationId>(
  id: Id,
  input: InputOf<Id>,
  callOptions: CallOptions = {},
): Promise<AnswerOf<Id>> {
  // The contract says what this operation answers; the server holds its answers to that.
  return send(options, operationTable[id], input, callOptions) as Promise<AnswerOf<Id>>;
}
