import { CheckCircleOutlined, ClockCircleOutlined, LoadingOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link } from 'react-router';
import type { Filing, FilingForm, Finding } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { fieldId } from './field-id.ts';
import type { SaveState } from './form-draft.ts';
import { FormField } from './form-field.tsx';
import { useFormDraft } from './use-form-draft.ts';
import { useSteadyField } from './use-steady-field.ts';
import { filingWords } from './words.ts';

interface FormEditorProps {
  readonly filing: Filing;
  readonly form: FilingForm;
}

/** The form to fill in. What the check, the reviewer or the authority has against a field stands at the field. */
export function FormEditor({ filing, form }: FormEditorProps) {
  const { t, pick } = useText(filingWords);
  const draft = useFormDraft(filing.id, filing.version, form);
  const fields = useSteadyField();
  const findings = [...filing.findings, ...form.findings.filter((finding) => finding.from === 'pre_check')];
  const at = (path: string) => findings.filter((finding) => finding.field === path);
  const open = (section: FilingForm['sections'][number]) =>
    section.fields.reduce((sum, field) => sum + at(field.path).filter(shown(draft.isTyped(field.path))).length, 0);
  return (
    <div className="form-layout">
      <nav className="form-nav sticky" aria-label={t.form.sections}>
        <SaveLine state={draft.state} onSave={draft.saveNow} />
        <ul>
          {form.sections.map((section) => {
            const count = open(section);
            return (
              <li key={section.id}>
                <a href={`#${fieldId(section.id)}`}>
                  {pick(section.title)}
                  <span className={count === 0 ? 'state good' : 'state warn'}>
                    {count === 0 ? t.form.complete : t.form.findings(count)}
                  </span>
                </a>
              </li>
            );
          })}
        </ul>
        <Link to={`/filings/${filing.id}`} onClick={draft.saveNow}>
          <Button block type="primary">
            {t.form.done}
          </Button>
        </Link>
      </nav>
      <div ref={fields} className="steady">
        <ProblemAlert error={draft.error} {...(draft.state === 'failed' ? { onRetry: draft.saveNow } : {})} />
        {form.sections.map((section) => (
          <div key={section.id} id={fieldId(section.id)} className="anchor">
            <Panel title={pick(section.title)}>
              <div className="fields">
                {section.fields.map((field) => (
                  <FormField
                    key={field.path}
                    field={field}
                    value={draft.valueOf(field.path)}
                    stored={form.values[field.path]}
                    typed={draft.isTyped(field.path)}
                    findings={at(field.path)}
                    onType={(value) => draft.type(field.path, value)}
                    onKeep={() => draft.keep(field.path)}
                    onLeave={draft.saveIfUnsaved}
                  />
                ))}
              </div>
            </Panel>
          </div>
        ))}
      </div>
    </div>
  );
}

/** While a field is being changed, only what a person said about it stands; the check speaks again once it is saved. */
const shown = (typed: boolean) => (finding: Finding) => !typed || finding.from !== 'pre_check';

function SaveLine({ state, onSave }: { readonly state: SaveState; readonly onSave: () => void }) {
  const { t } = useText(filingWords);
  const icons = {
    saved: <CheckCircleOutlined />,
    saving: <LoadingOutlined />,
    unsaved: <ClockCircleOutlined />,
    failed: <WarningOutlined />,
  };
  return (
    <p className={`save-line ${state}`} role="status">
      <span>
        {icons[state]} {t.form[state]}
      </span>
      {(state === 'failed' || state === 'unsaved') && (
        <Button size="small" type="link" onClick={onSave}>
          {t.form.saveNow}
        </Button>
      )}
    </p>
  );
}
