import { mayReveal } from '@openbeian/model/filing';
import { fieldAt, isAsked } from '@openbeian/model/forms';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { Filing, FilingForm, Finding } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { reviewWords } from '../review/words.ts';
import { useSession } from '../session/session-context.tsx';
import { FieldFindings } from './field-findings.tsx';
import { fieldId } from './field-id.ts';
import { RevealFormDialog } from './reveal-form-dialog.tsx';
import { shownValue } from './shown-value.ts';
import { filingWords } from './words.ts';

interface FormReaderProps {
  readonly filing: Filing;
  readonly form: FilingForm;
  /** For a reviewer: each field can be flagged, and shows that it is. */
  readonly flags?: { readonly has: (path: string) => boolean; readonly onFlag: (path: string) => void };
  readonly findings?: readonly Finding[];
}

/** The form to read. Personal values are masked until somebody gives a reason to see them. */
export function FormReader({ filing, form, flags, findings = filing.findings }: FormReaderProps) {
  const { t, pick } = useText(filingWords, reviewWords);
  const { role } = useSession();
  const [revealing, setRevealing] = useState(false);
  const [revealed, setRevealed] = useState<Readonly<Record<string, unknown>> | null>(null);
  const values = { ...form.values, ...revealed };
  return (
    <>
      <div className="bar">
        {revealed ? (
          <Alert type="warning" showIcon title={t.form.revealed} />
        ) : (
          mayReveal(role, filing.state) &&
          (role === 'customer' || filing.claim?.mine === true) && (
            <WriteButton className="push" onClick={() => setRevealing(true)}>
              {t.form.reveal}
            </WriteButton>
          )
        )}
      </div>
      {form.sections.map((section) => (
        <Panel key={section.id} title={pick(section.title)}>
          <dl className="read">
            {section.fields
              .filter((field) => isAsked(field, values))
              .map((field) => {
                const at = findings.filter(
                  (finding) => finding.field !== null && fieldAt(finding.field) === field.path,
                );
                return (
                  <div key={field.path} id={fieldId(field.path)} className={at.length > 0 ? 'wrong' : ''}>
                    <dt>{pick(field.label)}</dt>
                    <dd>
                      <span className="wrap lines">{shownValue(field, values[field.path], pick) || '—'}</span>
                      <FieldFindings id={`${fieldId(field.path)}-findings`} findings={at} />
                    </dd>
                    {flags && (
                      <Button
                        size="small"
                        danger={flags.has(field.path)}
                        aria-label={`${t.review.flag}: ${pick(section.title)} ${pick(field.label)}`}
                        aria-pressed={flags.has(field.path)}
                        onClick={() => flags.onFlag(field.path)}
                      >
                        {t.review.flag}
                      </Button>
                    )}
                  </div>
                );
              })}
          </dl>
        </Panel>
      ))}
      {revealing && <RevealFormDialog filing={filing} onClose={() => setRevealing(false)} onRevealed={setRevealed} />}
    </>
  );
}
