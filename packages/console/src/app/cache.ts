import { ProblemError } from '@openbeian/contract/client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { sessionKey } from '../features/session/session-context.tsx';

/** The answers on screen. When the session has ended, whoever notices it first sends the person to sign in. */
export function createCache(): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof ProblemError && error.code === 'auth.required') cache.setQueryData(sessionKey, null);
  };
  const cache: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { staleTime: 5_000, refetchOnWindowFocus: true } },
  });
  return cache;
}
