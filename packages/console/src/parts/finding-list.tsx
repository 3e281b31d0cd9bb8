import { ExclamationCircleFilled } from '@ant-design/icons';
import { Link } from 'react-router';
import type { Finding } from '../api/shapes.ts';
import { HelpLink } from '../features/help/help-link.tsx';
import { useText } from '../language/language.tsx';

interface FindingListProps {
  readonly findings: readonly Finding[];
  /** The field's label, where the form is known. */
  readonly labelOf?: (field: string) => string;
  /** Where the field can be mended. */
  readonly hrefOf?: (field: string) => string;
}

/** Findings of the pre-check, a reviewer or the authority: field, rule and remedy of each. */
export function FindingList({ findings, labelOf, hrefOf }: FindingListProps) {
  const { t, pick, word } = useText();
  return (
    <ul>
      {findings.map((finding) => (
        <li key={`${finding.field} ${finding.rule} ${finding.message.en}`} className="reason">
          <div className="what">
            <ExclamationCircleFilled aria-hidden="true" />
            <span>
              {finding.field === null ? t.filing.whole : (labelOf?.(finding.field) ?? finding.field)}
              {': '}
              {pick(finding.message)}
            </span>
          </div>
          {finding.remedy && (
            <p className="mend">
              <b>{t.resource.remedy}</b>
              {pick(finding.remedy)}
            </p>
          )}
          <div className="foot">
            <span>{word(t.filing.findingsFrom, finding.from)}</span>
            <span>
              {t.filing.rule} <span className="mono">{finding.rule}</span>
            </span>
            {finding.source && (
              <span>
                {t.app.source} {finding.source}
              </span>
            )}
            <HelpLink topic={`rule:${finding.rule}`} small />
            {finding.field !== null && hrefOf && <Link to={hrefOf(finding.field)}>{t.filing.toField}</Link>}
          </div>
        </li>
      ))}
    </ul>
  );
}
