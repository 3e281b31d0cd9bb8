import { ProblemError } from '@openbeian/contract/calling';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { sessionKey } from '../features/session/session-query.ts';

/** The answers on screen. Whoever is told first that the session has ended has it asked for: then everybody knows. */
export function createCache(): QueryClient {
  const onError = (error: Error) => {
    // An answer that was late may tell of the session before.
    if (error instanceof ProblemError && error.code === 'auth.required') {
      void cache.invalidateQueries({ queryKey: sessionKey });
    }
  };
  const cache: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { staleTime: 5_000, refetchOnWindowFocus: true } },
  });
  return cache;
}
