import { useRouteError } from 'react-router';
import { useText } from '../language/language.tsx';
import { Empty } from '../parts/empty.tsx';
import { PlainButton } from '../parts/plain.tsx';

/** A page that could not be shown: says that nothing is lost, and offers to load it again. */
export function CrashPage() {
  const { t } = useText();
  const error = useRouteError();
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
