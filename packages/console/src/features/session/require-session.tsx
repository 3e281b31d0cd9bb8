import { type ReactNode, useEffect, useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import type { Session } from '../../api/shapes.ts';
import { later } from '../../parts/later.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { SessionContext } from './session-context.tsx';
import { hadSession, useSessionQuery } from './session-query.ts';

const SignInAgain = later(async () => (await import('./sign-in-again.tsx')).SignInAgain);

/**
 * Shows its children to whoever is signed in, and sends everybody else to sign in and back here. Where a session ends while a page
 * is open, the page stays with what was typed, and its person signs in again over it. Where somebody else has signed in meanwhile in
 * another tab, the console is loaded afresh: nothing of the person before is shown to them or stays in memory.
 */
export function RequireSession({ children }: { readonly children: ReactNode }) {
  const query = useSessionQuery();
  const { pathname, search } = useLocation();
  const [known, setKnown] = useState<Session | null>(null);
  const { data } = query;
  const isOther = data && known !== null && data.userId !== known.userId;
  if (data && data !== known && !isOther) setKnown(data);
  useEffect(() => {
    if (isOther) window.location.replace('/');
  }, [isOther]);
  if (isOther) return null;
  return (
    <Loaded query={query}>
      {(found) => {
        const session = found ?? known;
        if (session === null) {
          return (
            <Navigate
              replace
              to={`/sign-in?next=${encodeURIComponent(pathname + search)}`}
              state={hadSession() ? { ended: true } : null}
            />
          );
        }
        if (session.secondFactorDue && pathname !== '/account') return <Navigate replace to="/account" />;
        return (
          <SessionContext value={session}>
            {children}
            {found === null && <SignInAgain session={session} />}
          </SessionContext>
        );
      }}
    </Loaded>
  );
}
