import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { forgetAnswers } from '../../api/conditional-fetch.ts';
import type { Session } from '../../api/shapes.ts';
import { nextPage } from './next-page.ts';
import { rememberSession, sessionKey } from './session-query.ts';

/** What follows a sign-in, by whatever way: the page that was asked for, with nothing of whoever was here before. */
export function useEnter(): (session: Session) => void {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  return (session) => {
    forgetAnswers();
    cache.removeQueries({ predicate: (query) => query.queryKey[0] !== 'getDeployment' });
    cache.setQueryData(sessionKey, session);
    // Not only when the next page is shown: who goes elsewhere at once is signed in there, too.
    rememberSession(true);
    void navigate(nextPage(params.get('next')), { replace: true });
  };
}
