import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useEffect } from 'react';
import { useLocation } from 'react-router';
import type { Session } from '../../api/shapes.ts';
import { useQuestion } from '../../api/use-question.ts';
import { useText } from '../../language/language.tsx';
import { PasswordForm } from './password-form.tsx';
import { rememberSession, sessionKey } from './session-query.ts';
import { sessionWords } from './words.ts';

/** Over a page whose session has ended: the same person signs in again, and the page goes on where it was. */
export function SignInAgain({ session }: { readonly session: Session }) {
  const { t } = useText(sessionWords);
  const { pathname, search } = useLocation();
  const cache = useQueryClient();
  const signIn = useQuestion('signIn');
  const goOn = (entered: Session) => {
    rememberSession(true);
    cache.setQueryData(sessionKey, entered);
    void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
  };
  useEffect(() => {
    // Signed in meanwhile in another tab, by whatever way.
    const onFocus = () => void cache.refetchQueries({ queryKey: sessionKey });
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, [cache]);
  return (
    <Modal open closable={false} keyboard={false} footer={null} title={t.signIn.againTitle} width={440} zIndex={1900}>
      <div className="stack">
        <p className="soft">{t.signIn.againLead(session.displayName)}</p>
        <PasswordForm
          login={session.login}
          error={signIn.error}
          pending={signIn.isPending}
          onEnter={(credentials) => signIn.mutate({ body: credentials }, { onSuccess: goOn })}
        />
        <p className="row">
          <a href="/sign-in" target="_blank" rel="noreferrer">
            {t.signIn.againElsewhere}
          </a>
          <a href={`/sign-in?next=${encodeURIComponent(pathname + search)}`}>{t.signIn.againOther}</a>
        </p>
      </div>
    </Modal>
  );
}
