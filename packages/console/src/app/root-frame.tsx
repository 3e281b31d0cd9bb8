import { useEffect, useState, useSyncExternalStore } from 'react';
import { Outlet, ScrollRestoration, useNavigation } from 'react-router';
import { useText } from '../language/language.tsx';

/** What is around every page, signed in or not. */
export function RootFrame() {
  return (
    <>
      <NavigationBar />
      <OfflineNotice />
      <Outlet />
      {/* Back leads to the row that one came from. */}
      <ScrollRestoration />
    </>
  );
}

/** A page that comes at once needs no sign that it is coming. */
const patienceMs = 150;

/** Shows that the next page is on its way, while the one before is still there. */
function NavigationBar() {
  const { t } = useText();
  const isUnderWay = useNavigation().state !== 'idle';
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isUnderWay]);
  return isUnderWay && isLate ? <div className="navigation-bar" role="progressbar" aria-label={t.app.loading} /> : null;
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  return () => {
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  };
}

/** Says that there is no network, until there is one again. */
function OfflineNotice() {
  const { t } = useText();
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status" className="offline-notice" hidden={isOnline}>
      {isOnline ? '' : t.app.offline}
    </div>
  );
}
