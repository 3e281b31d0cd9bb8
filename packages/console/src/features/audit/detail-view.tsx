import { useText } from '../../language/language.tsx';
import { detailLines } from './detail-lines.ts';

interface DetailViewProps {
  readonly detail: unknown;
  /** What the ids in it are called now. */
  readonly names: ReadonlyMap<string, string>;
}

/** What an audit row says beside who did what: each fact by its name, and what was changed with what it was before. */
export function DetailView({ detail, names }: DetailViewProps) {
  const { t, language } = useText();
  const lines = detailLines(detail, { language, names });
  if (lines.length === 0) return null;
  return (
    <ul className="detail">
      {lines.map(({ label, before, after }, index) => (
        <li key={`${index} ${label}`} className="wrap">
          {t.app.labelled(label, '')}
          {before !== null && <span className="faint">{before} → </span>}
          {after}
        </li>
      ))}
    </ul>
  );
}
