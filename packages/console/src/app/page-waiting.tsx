import { useText } from '../language/language.tsx';

/** While a page’s own part of the console is being fetched. */
export function PageWaiting() {
  const { t } = useText();
  return (
    <div className="page-waiting" role="status" aria-label={t.app.loading}>
      <i />
      <i />
      <i />
      <i />
    </div>
  );
}
