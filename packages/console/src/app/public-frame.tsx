import { Button } from 'antd';
import { Link, Outlet } from 'react-router';
import { useAnswer } from '../api/use-answer.ts';
import { RequireSession } from '../features/session/require-session.tsx';
import { useVisitorSession } from '../features/session/session-query.ts';
import { sessionWords } from '../features/session/words.ts';
import { useText } from '../language/language.tsx';
import { LanguageSwitch } from '../parts/language-switch.tsx';
import { LaterFoot, Logo, useProductName } from '../parts/product.tsx';
import { PageWaiting } from './page-waiting.tsx';
import { Shell } from './shell.tsx';

/** Pages that need no session: in the usual frame for whoever is signed in, in a plain one for everybody else. */
export function PublicFrame() {
  const { t } = useText(sessionWords);
  const name = useProductName();
  const { look } = useAnswer('getDeployment', {}).data ?? {};
  const session = useVisitorSession();
  if (session.isPending) return <PageWaiting />;
  if (session.data) {
    return (
      <RequireSession>
        <Shell />
      </RequireSession>
    );
  }
  return (
    <div className="frame-body" style={{ minHeight: '100vh' }}>
      <header className="frame-top">
        <Link className="mark" to="/" style={{ padding: 0 }}>
          <Logo size={30} />
          <strong>{name}</strong>
        </Link>
        <span className="push" />
        <LanguageSwitch />
        <Link to="/sign-in">
          <Button type="text">{t.signIn.title}</Button>
        </Link>
      </header>
      <main className="frame-main" id="main" style={{ maxWidth: 860 }}>
        <Outlet />
      </main>
      <LaterFoot look={look} />
    </div>
  );
}
