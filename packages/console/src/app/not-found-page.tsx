import { Link } from 'react-router';
import { useText } from '../language/language.tsx';
import { Empty } from '../parts/empty.tsx';
import '../parts/plain.css';

export function NotFoundPage() {
  const { t } = useText();
  return (
    <main className="frame-main">
      <Empty
        title={t.error.notFoundTitle}
        hint={t.error.notFound}
        action={
          <Link className="plain-button primary" to="/">
            {t.error.home}
          </Link>
        }
      />
    </main>
  );
}
