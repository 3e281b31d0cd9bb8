import { Button } from 'antd';
import type { Finding } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { Particulars } from '../../parts/particulars.tsx';
import { filingWords } from './words.ts';

interface FieldFindingsProps {
  readonly id: string;
  readonly findings: readonly Finding[];
  /** Takes a value that would pass, where the field can be filled in here. */
  readonly onPropose?: (value: string) => void;
}

/** Each finding with its rule, its remedy and the values that would pass. */
export function FieldFindings({ id, findings, onPropose }: FieldFindingsProps) {
  const { t, pick, word } = useText(filingWords);
  if (findings.length === 0) return null;
  return (
    <ul className={findings[0]?.from === 'advice' ? 'field-findings advice' : 'field-findings'} id={id}>
      {findings.map((finding) => (
        <li key={`${finding.rule} ${finding.message.en}`}>
          <span>
            {finding.from !== 'pre_check' && <b>{word(t.part.findingsFrom, finding.from)}: </b>}
            {pick(finding.message)}
          </span>
          {finding.remedy && <span className="remedy">{pick(finding.remedy)}</span>}
          {onPropose && finding.proposals && (
            <span className="remedy">
              {t.form.proposals}
              {finding.proposals.map((value) => (
                <Button key={value} size="small" type="link" onClick={() => onPropose(value)}>
                  {value}
                </Button>
              ))}
            </span>
          )}
          <span className="rule">
            <Particulars code={finding.rule} source={finding.source} asOf={finding.asOf} />
          </span>
        </li>
      ))}
    </ul>
  );
}
