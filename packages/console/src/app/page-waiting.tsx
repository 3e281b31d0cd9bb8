import { Skeleton } from 'antd';
import { useText } from '../language/language.tsx';

/** While a page’s own part of the console is being fetched. */
export function PageWaiting() {
  const { t } = useText();
  return (
    <div role="status" aria-label={t.app.loading}>
      <Skeleton active title={{ width: 220 }} paragraph={{ rows: 6 }} />
    </div>
  );
}
