import { ExclamationCircleFilled, InfoCircleFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useText } from '../language/language.tsx';
import type { BothTexts } from '../language/words.ts';
import { HelpLink } from './help-link.tsx';
import { Particulars } from './particulars.tsx';

export interface ReasonView {
  readonly code: string;
  readonly message: BothTexts;
  readonly remedy?: (BothTexts & { readonly action?: string }) | null;
  readonly source?: string | null;
}

interface ReasonListProps {
  readonly reasons: readonly ReasonView[];
  /** For reasons that explain rather than refuse. */
  readonly quiet?: boolean;
  /** What leads to where the reason is dealt with. */
  readonly actionOf?: (reason: ReasonView) => ReactNode;
}

/** All reasons, each with how to fix it, by when, and where the rule comes from. */
export function ReasonList({ reasons, quiet = false, actionOf }: ReasonListProps) {
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
            {actionOf?.(reason)}
            <HelpLink topic={`reason:${reason.code}`} small />
            <Particulars code={reason.code} source={reason.source} />
          </div>
        </li>
      ))}
    </ul>
  );
}
