import { Button } from 'antd';
import { Link } from 'react-router';
import { useText } from '../language/language.tsx';
import { Empty } from '../parts/empty.tsx';

export function NotFoundPage() {
  const { t } = useText();
  return (
    <main className="frame-main">
      <Empty
        title={t.error.notFoundTitle}
        hint={t.error.notFound}
        action={
          <Link to="/">
            <Button type="primary">{t.error.home}</Button>
          </Link>
        }
      />
    </main>
  );
}
