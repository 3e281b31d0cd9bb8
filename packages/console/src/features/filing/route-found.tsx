import { filingKindNames } from '@openbeian/model/filing';
import { Alert } from 'antd';
import { Link } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useText } from '../../language/language.tsx';
import { ReasonList } from '../../parts/reason-list.tsx';
import { filingWords } from './words.ts';

/** Which filing a start would open, and what does not fit together, each with its way out. */
export function RouteFound({ found }: { readonly found: AnswerOf<'findFilingRoute'> }) {
  const { t, pick } = useText(filingWords);
  const { startable, conflicts, route } = found;
  return (
    <div className="stack" style={{ margin: '14px 0' }}>
      <Alert
        type={startable === null ? 'warning' : 'info'}
        showIcon
        title={startable === null ? t.start.nothingHere : pick(filingKindNames[startable])}
      />
      <ReasonList quiet reasons={route.reasons} />
      {conflicts.map(({ code, blocks, message, remedy, filingId }) => (
        <Alert
          key={code}
          type={blocks ? 'error' : 'warning'}
          showIcon
          title={pick(message)}
          description={pick(remedy)}
          action={filingId !== null && <Link to={`/filings/${filingId}`}>{t.start.toOpenFiling}</Link>}
        />
      ))}
      {conflicts.length === 0 && <p className="state long good">{t.start.noConflict}</p>}
    </div>
  );
}
