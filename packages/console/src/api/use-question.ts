import type { OperationId } from '@openbeian/contract';
import { useMutation } from '@tanstack/react-query';
import { type AnswerOf, call, type InputOf } from './client.ts';
import { mayRetry } from './use-answer.ts';

/** Asks something on a button that changes nothing on the server (verify a code, check an inventory). */
export function useQuestion<Id extends OperationId>(id: Id) {
  return useMutation<AnswerOf<Id>, Error, InputOf<Id>>({
    mutationKey: [id],
    mutationFn: (input) => call(id, input),
    retry: mayRetry,
  });
}
