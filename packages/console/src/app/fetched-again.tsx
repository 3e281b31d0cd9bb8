import { type ComponentType, useEffect, useEffectEvent, useState } from 'react';
import { useText } from '../language/language.tsx';
import { Empty } from '../parts/empty.tsx';
import { loadPart, type PartNotLoaded } from '../parts/load-part.ts';
import { PlainButton } from '../parts/plain.tsx';
import { PageWaiting } from './page-waiting.tsx';
import { mayReloadFor, ownBuild, servedBuild } from './served-build.ts';

type Standing = 'asking' | 'unreachable' | 'failed';

/** Loads the page in the server's new build, where it has one; otherwise why the part did not come. */
async function afterFailure(): Promise<Standing> {
  const served = await servedBuild();
  if (served === null) return 'unreachable';
  if (served === ownBuild() || !mayReloadFor(served)) return 'failed';
  window.location.reload();
  return 'asking';
}

interface FetchedAgainProps {
  readonly load: () => Promise<ComponentType>;
  readonly error: PartNotLoaded;
}

/**
 * In place of a page that could not be fetched. Where the server has a new build, the page is loaded in that one; where the network was
 * gone, it is fetched again as soon as there is one; and whenever somebody asks.
 */
export function FetchedAgain({ load, error }: FetchedAgainProps) {
  const [standing, setStanding] = useState<Standing>('asking');
  const [Shown, setShown] = useState<ComponentType | null>(null);
  const retry = async () => {
    setStanding('asking');
    const served = await servedBuild();
    if (served === null) return setStanding('unreachable');
    // Styles that failed are not fetched a second time by the page that began to.
    if (served !== ownBuild() || /css/i.test(error.message)) return window.location.reload();
    try {
      const part = await loadPart(load);
      setShown(() => part);
    } catch {
      // A browser may remember that a part failed. Loading the page forgets it.
      window.location.reload();
    }
  };
  const onOnline = useEffectEvent(() => void retry());
  useEffect(() => {
    let isLeft = false;
    void afterFailure().then((found) => isLeft || setStanding(found));
    window.addEventListener('online', onOnline);
    return () => {
      isLeft = true;
      window.removeEventListener('online', onOnline);
    };
  }, []);
  if (Shown !== null) return <Shown />;
  if (standing === 'asking') return <PageWaiting />;
  return <NotFetched isReachable={standing === 'failed'} onRetry={() => void retry()} />;
}

function NotFetched({ isReachable, onRetry }: { readonly isReachable: boolean; readonly onRetry: () => void }) {
  const { t } = useText();
  return (
    <Empty
      title={isReachable ? t.error.notFetchedTitle : t.error.unreachableTitle}
      hint={isReachable ? t.error.notFetched : t.error.unreachable}
      action={
        <PlainButton primary onClick={onRetry}>
          {t.app.retry}
        </PlainButton>
      }
    />
  );
}
