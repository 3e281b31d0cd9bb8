import { ExclamationCircleFilled, InfoCircleOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import type { Finding } from '../api/shapes.ts';
import { useText } from '../language/language.tsx';
import { HelpLink } from './help-link.tsx';
import { Particulars } from './particulars.tsx';

interface FindingListProps {
  readonly findings: readonly Finding[];
  /** The field's label, where the form is known. */
  readonly labelOf?: (field: string) => string;
  /** Where the field can be corrected. */
  readonly hrefOf?: (field: string) => string;
}

/** Findings of the pre-check, a reviewer or the authority: field, rule and remedy of each. */
export function FindingList({ findings, labelOf, hrefOf }: FindingListProps) {
  const { t, pick, word } = useText();
  if (findings.length === 0) return null;
  return (
    <ul>
      {findings.map((finding) => (
        <li
          key={`${finding.field} ${finding.rule} ${finding.message.en}`}
          className={finding.from === 'advice' ? 'reason quiet' : 'reason'}
        >
          <div className="what">
            {finding.from === 'advice' ? (
              <InfoCircleOutlined aria-hidden="true" />
            ) : (
              <ExclamationCircleFilled aria-hidden="true" />
            )}
            <span>
              {t.app.labelled(
                finding.field === null ? t.part.wholeFiling : (labelOf?.(finding.field) ?? finding.field),
                pick(finding.message),
              )}
            </span>
          </div>
          {finding.remedy && (
            <p className="remedy">
              <b>{t.part.remedy}</b>
              {pick(finding.remedy)}
            </p>
          )}
          <div className="foot">
            <span>{word(t.part.findingsFrom, finding.from)}</span>
            <HelpLink topic={`rule:${finding.rule}`} small />
            {finding.field !== null && hrefOf && <Link to={hrefOf(finding.field)}>{t.part.toField}</Link>}
            <Particulars code={finding.rule} source={finding.source} asOf={finding.asOf} />
          </div>
        </li>
      ))}
    </ul>
  );
}
