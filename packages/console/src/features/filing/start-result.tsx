import { Button } from 'antd';
import { Link } from 'react-router';
import type { Filing, Route } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ReasonList } from '../../parts/reason-list.tsx';
import { codeWords } from '../code/words.ts';
import { prepareWords } from './prepare-words.ts';
import { stepsOf } from './route-steps.ts';
import { filingWords } from './words.ts';

interface StartResultProps {
  readonly filing: Filing;
  readonly route: Route;
  /** The resource the person came from, if any. */
  readonly resourceId: string | null;
}

/** Which filing it is, why, and what comes. */
export function StartResult({ filing, route, resourceId }: StartResultProps) {
  const { t, pick } = useText(codeWords, filingWords, prepareWords);
  const steps = stepsOf(route);
  return (
    <Panel>
      <div className="stack" style={{ gap: 22 }}>
        <div>
          <p className="faint">
            {filing.domainName} · {t.start.result}
          </p>
          <p className="verdict">{pick(filing.kindText)}</p>
          <p className="soft">{t.app.labelled(t.start.accessible, t.start.accessibleWhen[route.accessible])}</p>
        </div>
        {route.reasons.length > 0 && (
          <div>
            <h3 className="part">{t.start.why}</h3>
            <ReasonList quiet reasons={route.reasons} />
          </div>
        )}
        {steps.length > 0 && (
          <div>
            <h3 className="part">{t.start.steps}</h3>
            <ol className="steps">
              {steps.map((step) => (
                <li key={step.zh}>{pick(step)}</li>
              ))}
            </ol>
          </div>
        )}
        <div className="row">
          <Link to={`/filings/${filing.id}/form`}>
            <Button type="primary">{t.start.go}</Button>
          </Link>
          <Link to={`/filings/${filing.id}${resourceId ? `?resource=${encodeURIComponent(resourceId)}` : ''}`}>
            <Button>{t.code.openFiling}</Button>
          </Link>
          <Link
            to={`/filings/prepare?${new URLSearchParams({
              province: filing.provinceCode,
              nature: filing.subjectKind,
              kind: filing.kind,
              service: filing.serviceKind,
            })}`}
          >
            <Button>{t.prepare.link}</Button>
          </Link>
        </div>
      </div>
    </Panel>
  );
}
