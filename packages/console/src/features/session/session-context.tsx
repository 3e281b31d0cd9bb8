import { ProblemError } from '@openbeian/contract/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import { call } from '../../api/client.ts';
import type { Session } from '../../api/shapes.ts';
import { mayRetry } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loaded } from '../../parts/loaded.tsx';

const SessionContext = createContext<Session | null>(null);

export const sessionKey = ['getSession'] as const;

/** Set while somebody is signed in in this browser, so that pages for everybody need not ask, and be refused, for strangers. */
const hintKey = 'openbeian.signedIn';

const hadSession = (): boolean => {
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
    if (data !== undefined) rememberSession(data !== null);
  }, [data]);
  return query;
}

/** Shows its children to whoever is signed in, and sends everybody else to sign in and back here. */
export function RequireSession({ children }: { readonly children: ReactNode }) {
  const query = useSessionQuery();
  const location = useLocation();
  return (
    <Loaded query={query}>
      {(session) =>
        session === null ? (
          <Navigate replace to={`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`} />
        ) : session.secondFactorDue && location.pathname !== '/account' ? (
          <Navigate replace to="/account" />
        ) : (
          <SessionContext value={session}>{children}</SessionContext>
        )
      }
    </Loaded>
  );
}

/** The signed-in person; only below `RequireSession`. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession outside RequireSession');
  return session;
}

/** Shows its children to some roles only. The server refuses the others anyway; this says so before asking it. */
export function ForRoles({
  roles,
  children,
}: {
  readonly roles: readonly Session['role'][];
  readonly children: ReactNode;
}) {
  const { t } = useText();
  const { role } = useSession();
  if (roles.includes(role)) return children;
  return <Empty title={t.error.forbiddenTitle} hint={t.error.forbidden} />;
}
