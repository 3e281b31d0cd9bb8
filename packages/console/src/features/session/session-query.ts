import { ProblemError } from '@openbeian/contract/calling';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call } from '../../api/client.ts';
import type { Session } from '../../api/shapes.ts';
import { mayRetry } from '../../api/use-answer.ts';

export const sessionKey = ['getSession'] as const;

/** Set while somebody is signed in in this browser, so that pages for everybody need not ask, and be refused, for strangers. */
const hintKey = 'openbeian.signedIn';

export const hadSession = (): boolean => {
  try {
    return localStorage.getItem(hintKey) !== null;
  } catch {
    return true;
  }
};

/** Keeps the hint of whether somebody is signed in here. */
export function rememberSession(isSignedIn: boolean): void {
  try {
    if (isSignedIn) localStorage.setItem(hintKey, '1');
    else localStorage.removeItem(hintKey);
  } catch {
    // Without storage the session is asked for each time.
  }
}

/** As `useSessionQuery`, for pages that need no session: null at once in a browser in which nobody was signed in. */
export function useVisitorSession() {
  const isKnown = useQueryClient().getQueryData(sessionKey) !== undefined;
  const query = useSessionQuery(isKnown || hadSession());
  const isStranger = query.data === null;
  useEffect(() => {
    if (isStranger) rememberSession(false);
  }, [isStranger]);
  return query.isEnabled ? query : { isPending: false, data: null };
}

/** Who is signed in; null when nobody is. */
export function useSessionQuery(enabled = true) {
  const query = useQuery<Session | null, Error>({
    enabled,
    queryKey: sessionKey,
    queryFn: async ({ signal }) => {
      try {
        return await call('getSession', {}, { signal });
      } catch (error) {
        if (error instanceof ProblemError && error.code === 'auth.required') return null;
        throw error;
      }
    },
    retry: mayRetry,
    staleTime: 60_000,
  });
  const { data } = query;
  useEffect(() => {
    if (data) rememberSession(true);
  }, [data]);
  return query;
}
