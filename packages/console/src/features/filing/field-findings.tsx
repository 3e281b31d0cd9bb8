import type { Finding } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { filingWords } from './words.ts';

/** Each finding with its rule and its remedy. */
export function FieldFindings({ id, findings }: { readonly id: string; readonly findings: readonly Finding[] }) {
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
          <span className="rule">
            {t.part.rule} <span className="mono">{finding.rule}</span>
            {finding.source && ` · ${t.app.source} ${finding.source}`}
            {finding.asOf && ` · ${finding.asOf}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
