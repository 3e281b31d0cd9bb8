import { CheckCircleOutlined, ClockCircleOutlined, LoadingOutlined, WarningOutlined } from '@ant-design/icons';
import { fieldAt, isAsked } from '@openbeian/model/forms';
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

/** The form to fill in. What the check, the reviewer or the authority found is shown at the field. */
export function FormEditor({ filing, form }: FormEditorProps) {
  const { t, pick } = useText(filingWords);
  const draft = useFormDraft(filing.id, filing.version, form);
  const fields = useSteadyField();
  const findings = [...filing.findings, ...form.findings.filter((finding) => finding.from === 'pre_check')];
  const at = (path: string) => findings.filter((finding) => isOf(finding, path));
  const adviceAt = (path: string) =>
    form.findings.filter((finding) => finding.from === 'advice' && isOf(finding, path));
  const openOf = (section: FilingForm['sections'][number]) =>
    section.fields.flatMap((field) => at(field.path).filter(isCurrent(draft.isTyped(field.path))));
  return (
    <div className="form-layout">
      <nav className="form-nav sticky" aria-label={t.form.sections}>
        <SaveLine state={draft.state} onSave={draft.saveNow} />
        <ul>
          {form.sections.map((section) => (
            <li key={section.id}>
              <a href={`#${fieldId(section.id)}`}>
                {pick(section.title)}
                <SectionState open={openOf(section)} />
              </a>
            </li>
          ))}
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
                {section.fields
                  .filter((field) => isAsked(field, draft.values))
                  .map((field) => (
                    <FormField
                      key={field.path}
                      field={field}
                      value={draft.valueOf(field.path)}
                      stored={form.values[field.path]}
                      typed={draft.isTyped(field.path)}
                      findings={at(field.path)}
                      advice={adviceAt(field.path)}
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

/** Is it about the field, or about an item of it? */
const isOf = ({ field }: Finding, path: string): boolean => field !== null && fieldAt(field) === path;

/** While a field is being changed, only a person's comments on it are shown; the check's follow once it is saved. */
const isCurrent = (typed: boolean) => (finding: Finding) => !typed || finding.from !== 'pre_check';

/** What is left to do in a section: first what is wrong, then what is empty. */
function SectionState({ open }: { readonly open: readonly Finding[] }) {
  const { t } = useText(filingWords);
  const missing = open.filter((finding) => finding.rule === 'required').length;
  const wrong = open.length - missing;
  if (wrong > 0) return <span className="state bad">{t.form.findings(wrong)}</span>;
  if (missing > 0) return <span className="state warn">{t.form.missing(missing)}</span>;
  return <span className="state good">{t.form.complete}</span>;
}

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
