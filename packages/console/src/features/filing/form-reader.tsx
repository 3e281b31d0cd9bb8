import { mayReveal } from '@openbeian/model/filing';
import { fieldAt, isAsked } from '@openbeian/model/forms';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { Filing, FilingForm, Finding } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';
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
  /** For a reviewer: what of it changed, and what it was. */
  readonly changes?: ReadonlyMap<string, { readonly before: unknown; readonly certain: boolean }>;
}

/** The form to read. Personal values are masked until somebody gives a reason to see them. */
export function FormReader({ filing, form, flags, findings = filing.findings, changes }: FormReaderProps) {
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
      {form.sections.map((section, place) => (
        <div key={section.id} data-section={place + 1}>
          <Panel title={pick(section.title)}>
            <dl className="read">
              {section.fields
                .filter((field) => isAsked(field, values))
                .map((field) => (
                  <ReadField
                    key={field.path}
                    section={pick(section.title)}
                    field={field}
                    value={values[field.path]}
                    findings={findings.filter(
                      (finding) => finding.field !== null && fieldAt(finding.field) === field.path,
                    )}
                    change={changes?.get(field.path)}
                    {...(flags && { flags })}
                  />
                ))}
            </dl>
          </Panel>
        </div>
      ))}
      {revealing && <RevealFormDialog filing={filing} onClose={() => setRevealing(false)} onRevealed={setRevealed} />}
    </>
  );
}

interface ReadFieldProps extends FieldChangeProps, Pick<FormReaderProps, 'flags'> {
  readonly section: string;
  readonly value: unknown;
  readonly findings: readonly Finding[];
}

function ReadField({ section, field, value, findings, change, flags }: ReadFieldProps) {
  const { t, pick } = useText(reviewWords);
  return (
    <div id={fieldId(field.path)} className={findings.length > 0 ? 'wrong' : ''}>
      <dt>{pick(field.label)}</dt>
      <dd>
        <span className="wrap lines">{shownValue(field, value, pick) || '—'}</span>
        <FieldChange field={field} change={change} />
        <FieldFindings id={`${fieldId(field.path)}-findings`} findings={findings} />
      </dd>
      {flags && (
        <dd>
          <Button
            size="small"
            data-flag={field.path}
            danger={flags.has(field.path)}
            aria-label={`${t.review.flag}: ${section} ${pick(field.label)}`}
            aria-pressed={flags.has(field.path)}
            onClick={() => flags.onFlag(field.path)}
          >
            {t.review.flag}
          </Button>
        </dd>
      )}
    </div>
  );
}

interface FieldChangeProps {
  readonly field: FilingForm['sections'][number]['fields'][number];
  readonly change: { readonly before: unknown; readonly certain: boolean } | undefined;
}

/** That the value is another one than before, and what it was. */
function FieldChange({ field, change }: FieldChangeProps) {
  const { t, pick } = useText(reviewWords);
  if (change === undefined) return null;
  const before = shownValue(field, change.before, pick) || t.review.emptyValue;
  return (
    <span className="field-before">
      <State tone="info">{change.certain ? t.review.changed : t.review.changedUncertain}</State>{' '}
      {t.review.changedFrom(before)}
    </span>
  );
}
