import { ExclamationCircleFilled, InfoCircleFilled } from '@ant-design/icons';
import { useText } from '../language/language.tsx';
import type { BothTexts } from '../language/words.ts';
import { HelpLink } from './help-link.tsx';

interface ReasonView {
  readonly code: string;
  readonly message: BothTexts;
  readonly remedy?: BothTexts | null;
  readonly source?: string | null;
}

interface ReasonListProps {
  readonly reasons: readonly ReasonView[];
  /** For reasons that explain rather than refuse. */
  readonly quiet?: boolean;
}

/** All reasons, each with how to fix it, by when, and where the rule comes from. */
export function ReasonList({ reasons, quiet = false }: ReasonListProps) {
  const { t, pick } = useText();
  return (
    <ul>
      {reasons.map((reason) => (
        <li key={`${reason.code} ${reason.message.en}`} className={quiet ? 'reason quiet' : 'reason'}>
          <div className="what">
            {quiet ? <InfoCircleFilled aria-hidden="true" /> : <ExclamationCircleFilled aria-hidden="true" />}
            <span>{pick(reason.message)}</span>
          </div>
          {reason.remedy && (
            <p className="remedy">
              <b>{t.part.remedy}</b>
              {pick(reason.remedy)}
            </p>
          )}
          <div className="foot">
            <span className="mono">{reason.code}</span>
            {reason.source && (
              <span>
                {t.app.source} {reason.source}
              </span>
            )}
            <HelpLink topic={`reason:${reason.code}`} small />
          </div>
        </li>
      ))}
    </ul>
  );
}
