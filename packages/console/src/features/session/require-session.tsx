import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Loaded } from '../../parts/loaded.tsx';
import { SessionContext } from './session-context.tsx';
import { useSessionQuery } from './session-query.ts';

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
