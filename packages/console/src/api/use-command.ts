import { ProblemError, randomKey } from '@openbeian/contract/calling';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type AnswerOf, call, type InputOf } from './client.ts';
import { createIdempotencyKeys } from './idempotency-keys.ts';
import { type CommandId, isTouched } from './is-touched.ts';
import { mayRetry } from './use-answer.ts';

/**
 * Performs one command of the API. Its idempotency keys live as long as the dialog or page that uses it, so that a
 * double click or a repetition after a lost answer is done once. Afterwards what it changed is read again.
 * @param leaves the page is left for another one, so nobody waits for what it showed to be read again
 */
export function useCommand<Id extends CommandId>(id: Id, { leaves = false }: { readonly leaves?: boolean } = {}) {
  const cache = useQueryClient();
  const [keys] = useState(() => createIdempotencyKeys(randomKey));
  return useMutation<AnswerOf<Id>, Error, InputOf<Id>>({
    mutationKey: [id],
    mutationFn: (input) => call(id, input, { idempotencyKey: keys.keyFor(input) }),
    retry: mayRetry,
    onSuccess: async (_answer, input) => {
      keys.settle(input);
      const readAgain = cache.invalidateQueries({ predicate: ({ queryKey }) => isTouched(queryKey, id) });
      if (!leaves) await readAgain;
    },
    onError: (error, input) => {
      if (error instanceof ProblemError && error.status < 500) keys.settle(input);
    },
  });
}
