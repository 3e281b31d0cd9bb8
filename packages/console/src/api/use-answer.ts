import type { OperationId } from '@openbeian/contract';
import { ProblemError } from '@openbeian/contract/calling';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type AnswerOf, call, type InputOf } from './client.ts';

export interface AnswerOptions {
  /** Not asked while false. */
  readonly enabled?: boolean;
  /** Asks again after so many milliseconds while the page is seen. */
  readonly refreshMs?: number;
  /** Shows the answer to the input before until this one's is there, so that a list does not flicker at each letter. */
  readonly keepPrevious?: boolean;
}

/** Reads one query of the API and keeps it fresh. What is wrong comes back as `error`, never as an empty answer. */
export function useAnswer<Id extends OperationId>(id: Id, input: InputOf<Id>, options: AnswerOptions = {}) {
  return useQuery<AnswerOf<Id>, Error>({
    queryKey: [id, input],
    queryFn: ({ signal }) => call(id, input, { signal }),
    enabled: options.enabled ?? true,
    refetchInterval: options.refreshMs ?? false,
    retry: mayRetry,
    ...(options.keepPrevious && { placeholderData: keepPreviousData }),
  });
}

/** The server decided: asking again changes nothing. Anything else may pass by itself. */
export function mayRetry(failures: number, error: Error): boolean {
  if (error instanceof ProblemError) return error.problem.retry === 'later' && error.status >= 500 && failures < 2;
  return failures < 2;
}
