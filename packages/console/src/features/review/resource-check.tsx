import { Link } from 'react-router';
import type { Filing } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ReasonList } from '../../parts/reason-list.tsx';
import { State } from '../../parts/state.tsx';
import { outcomeTone } from '../resource/outcome.ts';
import { passesUntil } from '../resource/passes-until.ts';
import { resourceWords } from '../resource/words.ts';
import { reviewWords } from './words.ts';

/** Does the resource still carry this filing? Decided now, not when the filing was submitted. */
export function ResourceCheck({ filing }: { readonly filing: Filing }) {
  const { t, pick, day } = useText(resourceWords, reviewWords);
  const resource = useAnswer(
    'getResource',
    { params: { resourceId: filing.resourceId ?? '' }, query: { filingId: filing.id } },
    { enabled: filing.resourceId !== null },
  );
  if (filing.resourceId === null) return null;
  return (
    <Panel title={t.review.resourceCheck}>
      <Loaded query={resource}>
        {(found) => (
          <div className="stack">
            <div className="row">
              <Link className="mono" to={`/resources/${encodeURIComponent(found.id)}`}>
                {found.id}
              </Link>
              <span className="soft">{pick(found.productName)}</span>
              <State tone={outcomeTone[found.check.file.outcome]}>{t.outcome[found.check.file.outcome]}</State>
              <span className="faint">
                {t.resource.goodUntil} {day(passesUntil(found))}
              </span>
            </div>
            {filing.codeId !== null && <p className="faint">{t.review.resourceByCode}</p>}
            <ReasonList reasons={found.check.file.reasons} />
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
