import { useEffect, useEffectEvent, useState } from 'react';
import { useLocation, useNavigate, useRouteError } from 'react-router';
import { useText } from '../language/language.tsx';
import { Empty } from '../parts/empty.tsx';
import { PartNotLoaded } from '../parts/load-part.ts';
import { PlainButton } from '../parts/plain.tsx';
import { PageWaiting } from './page-waiting.tsx';
import { mayReloadFor, ownBuild, servedBuild } from './served-build.ts';

/** A page that could not be shown: says that nothing is lost, and offers to fetch or to load it again. */
export function CrashPage() {
  const error = useRouteError();
  // Each time that it is fetched again is a navigation of its own.
  const { key } = useLocation();
  return error instanceof PartNotLoaded ? <NotFetched key={key} error={error} /> : <Crashed error={error} />;
}

function Crashed({ error }: { readonly error: unknown }) {
  const { t } = useText();
  return (
    <main className="frame-main">
      <Empty
        title={t.error.crashTitle}
        hint={t.error.crash}
        action={
          <PlainButton primary onClick={() => window.location.reload()}>
            {t.app.reload}
          </PlainButton>
        }
      />
      <p className="mono faint wrap" style={{ textAlign: 'center' }}>
        {error instanceof Error ? error.message : String(error)}
      </p>
    </main>
  );
}

/** Loads the page in the server's new build, where it has one; otherwise why the part did not come. */
async function afterFailure(): Promise<Standing> {
  const served = await servedBuild();
  if (served === null) return 'unreachable';
  if (served === ownBuild() || !mayReloadFor(served)) return 'failed';
  window.location.reload();
  return 'asking';
}

/** The page that was fetched again last, by its path: where that did not help, the whole console is loaded again. */
let retried: string | null = null;

type Standing = 'asking' | 'unreachable' | 'failed';

/**
 * A part that could not be fetched. Where the server has a new build the page is loaded in that one; where the network was
 * gone it is fetched again as soon as there is one.
 */
function NotFetched({ error }: { readonly error: PartNotLoaded }) {
  const { t } = useText();
  const navigate = useNavigate();
  const location = useLocation();
  const [standing, setStanding] = useState<Standing>('asking');
  const retry = async () => {
    setStanding('asking');
    const served = await servedBuild();
    if (served === null) return setStanding('unreachable');
    // A browser may remember that a part failed; styles are not fetched twice. Loading the page forgets both.
    if (served !== ownBuild() || /css/i.test(error.message) || retried === location.pathname) {
      window.location.reload();
      return;
    }
    retried = location.pathname;
    await navigate(location, { replace: true, state: location.state, preventScrollReset: true });
  };
  const onOnline = useEffectEvent(() => void retry());
  useEffect(() => {
    let isLeft = false;
    void afterFailure().then((found) => isLeft || setStanding(found));
    return () => {
      isLeft = true;
    };
  }, []);
  useEffect(() => {
    window.addEventListener('online', onOnline);
    return () => window.removeEventListener('online', onOnline);
  }, []);
  if (standing === 'asking') return <PageWaiting />;
  return (
    <main className="frame-main">
      <Empty
        title={standing === 'unreachable' ? t.error.unreachableTitle : t.error.notFetchedTitle}
        hint={standing === 'unreachable' ? t.error.unreachable : t.error.notFetched}
        action={
          <PlainButton primary onClick={() => void retry()}>
            {t.app.retry}
          </PlainButton>
        }
      />
    </main>
  );
}
