import type { OperationId, Operations } from '@openbeian/contract';
import { type Answer, type CallOptions, createClient, type Input } from '@openbeian/contract/client';

/** The server that delivered this page. */
const client = createClient({ baseUrl: '' });

export type InputOf<Id extends OperationId> = Input<Operations[Id]>;
export type AnswerOf<Id extends OperationId> = Answer<Operations[Id]>;

/** Calls one operation by its id; the types are those of the contract. */
export function call<Id extends OperationId>(id: Id, input: InputOf<Id>, options?: CallOptions): Promise<AnswerOf<Id>> {
  const method: (input: InputOf<Id>, options?: CallOptions) => Promise<AnswerOf<Id>> = client[id];
  return method(input, options);
}
