import { Link } from 'react-router';
import { useText } from '../../language/language.tsx';
import { guideWords } from './guide-words.ts';

/** Leads on: what a filing takes, and where it begins. */
export function NothingToDo() {
  const { t } = useText(guideWords);
  return (
    <div className="stack">
      <p>{t.guide.todoEmpty}</p>
      <p>{t.guide.takes}</p>
      <p className="row">
        <Link to="/filings/prepare">{t.guide.prepare}</Link>
        <Link to="/resources?show=file">{t.guide.seeResources}</Link>
        <Link to="/help">{t.guide.seeHelp}</Link>
      </p>
    </div>
  );
}
