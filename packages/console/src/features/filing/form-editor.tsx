import { CheckCircleOutlined, ClockCircleOutlined, LoadingOutlined, WarningOutlined } from '@ant-design/icons';
import { isMaterialPlace } from '@openbeian/model/filing';
import { fieldAt, isAsked as isFieldAsked } from '@openbeian/model/forms';
import { Alert, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import type { FieldDefinition, Filing, FilingForm, Finding } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { materialWords } from '../materials/words.ts';
import { isAsked } from './editable.ts';
import { fieldId } from './field-id.ts';
import type { SaveState } from './form-draft.ts';
import { FormField } from './form-field.tsx';
import { LeavingDialog } from './leaving-dialog.tsx';
import { shownValue } from './shown-value.ts';
import { useFormDraft } from './use-form-draft.ts';
import { useSteadyField } from './use-steady-field.ts';
import { filingWords } from './words.ts';

interface FormEditorProps {
  readonly filing: Filing;
  readonly form: FilingForm;
  /** The materials, which have a way of their own to be saved. @param only these places; null: all that the filing has */
  readonly materials?: (only: readonly string[] | null) => ReactNode;
}

/** The form to fill in. What the check, the reviewer or the authority found is shown at the field. */
export function FormEditor({ filing, form: read, materials }: FormEditorProps) {
  const { t } = useText(filingWords);
  const [showsAll, setShowsAll] = useState(false);
  // Of what a reviewer asks nothing else is open.
  const asked = isAsked(filing);
  const correcting = read.refused !== null && (asked || !showsAll);
  const draft = useFormDraft({ filingId: filing.id, form: read, correcting });
  const { form } = draft;
  const fields = useSteadyField();
  const findings = [...filing.findings, ...form.findings.filter((finding) => finding.from === 'pre_check')];
  const at = (path: string) => findings.filter((finding) => isOf(finding, path));
  const shownOf = (section: Section) =>
    section.fields.filter(
      (field) => isFieldAsked(field, draft.values) && (!correcting || form.refused?.includes(field.path) === true),
    );
  const ofMaterials = findings.filter(isOfMaterials);
  const only = correcting && !asked ? openPlaces(filing, ofMaterials) : null;
  const sections = form.sections.filter((section) => shownOf(section).length > 0);
  const openOf = (section: Section) =>
    section.fields.flatMap((field) => at(field.path).filter(isCurrent(draft.isTyped(field.path))));
  return (
    <div className="form-layout">
      <LeavingDialog state={draft.state} onSave={draft.saveNow} />
      <nav className="form-nav sticky" aria-label={t.form.sections}>
        <SaveLine state={draft.state} onSave={draft.saveNow} />
        <SectionList
          sections={sections}
          openOf={openOf}
          materials={materials === undefined || only?.length === 0 ? null : ofMaterials}
        />
        <Link to={`/filings/${filing.id}`} onClick={draft.saveNow}>
          <Button block type="primary">
            {t.form.done}
          </Button>
        </Link>
      </nav>
      <div ref={fields} className="steady">
        <ProblemAlert error={draft.error} {...(draft.state === 'failed' ? { onRetry: draft.saveNow } : {})} />
        {form.refused !== null && !asked && (
          <RefusedBar
            count={form.refused.length + filing.findings.filter(isOfMaterials).length}
            correcting={correcting}
            // What is typed by one operation is saved by it.
            disabled={draft.state !== 'saved'}
            onSwitch={() => setShowsAll(correcting)}
          />
        )}
        {sections.map((section) => (
          <SectionPanel key={section.id} section={section}>
            {shownOf(section).map((field) => (
              <DraftField key={field.path} field={field} form={form} draft={draft} findings={at(field.path)} />
            ))}
          </SectionPanel>
        ))}
        <MaterialsPlace>{materials?.(only)}</MaterialsPlace>
      </div>
    </div>
  );
}

/** Pictures that nothing is wrong with stay closed as fields do; those of a demanded correction are about what is corrected. */
const openPlaces = ({ kind }: Filing, findings: readonly Finding[]): readonly string[] | null =>
  kind === 'correction' ? null : findings.flatMap(({ field }) => field ?? []);

const MaterialsPlace = ({ children }: { readonly children: ReactNode }) =>
  children === undefined ? null : (
    <div id={fieldId('materials')} className="anchor">
      {children}
    </div>
  );

function SectionPanel({ section, children }: { readonly section: Section; readonly children: ReactNode }) {
  const { pick } = useText(filingWords);
  return (
    <div id={fieldId(section.id)} className="anchor">
      <Panel title={pick(section.title)}>
        <div className="fields">{children}</div>
      </Panel>
    </div>
  );
}

const isOfMaterials = ({ field }: Finding): boolean => isMaterialPlace(field);

type Section = FilingForm['sections'][number];

/** The sections, each with what is left to do in it. */
function SectionList(props: {
  readonly sections: readonly Section[];
  readonly openOf: (of: Section) => Finding[];
  /** What materials lack; null: they are not asked here. */
  readonly materials: readonly Finding[] | null;
}) {
  const { t, pick } = useText(filingWords, materialWords);
  return (
    <ul>
      {props.sections.map((section) => (
        <li key={section.id}>
          <a href={`#${fieldId(section.id)}`}>
            {pick(section.title)}
            <SectionState open={props.openOf(section)} />
          </a>
        </li>
      ))}
      {props.materials !== null && (
        <li>
          <a href={`#${fieldId('materials')}`}>
            {t.material.title}
            <SectionState open={props.materials} />
          </a>
        </li>
      )}
    </ul>
  );
}

interface DraftFieldProps {
  readonly field: FieldDefinition;
  readonly form: FilingForm;
  readonly draft: ReturnType<typeof useFormDraft>;
  readonly findings: readonly Finding[];
}

/** A field of the draft; where it was changed elsewhere meanwhile, with both values and the question which is right. */
function DraftField({ field, form, draft, findings }: DraftFieldProps) {
  const { t, pick } = useText(filingWords);
  const { path } = field;
  const stored = form.values[path];
  return (
    <div>
      <FormField
        field={field}
        value={draft.valueOf(path)}
        stored={stored}
        typed={draft.isTyped(path)}
        findings={findings}
        advice={form.findings.filter((finding) => finding.from === 'advice' && isOf(finding, path))}
        onType={(value) => draft.type(path, value)}
        onKeep={() => draft.keep(path)}
        onLeave={draft.saveIfUnsaved}
      />
      {draft.isInConflict(path) && (
        <Alert
          type="warning"
          role="alert"
          showIcon
          style={{ marginTop: 8, alignItems: 'flex-start' }}
          title={t.form.conflict}
          description={
            <div className="stack">
              <span className="wrap lines">{t.form.theirs(shownValue(field, stored, pick) || t.form.nothing)}</span>
              <span className="wrap lines">
                {t.form.mine(shownValue(field, draft.valueOf(path), pick) || t.form.nothing)}
              </span>
              <div className="row">
                <Button size="small" onClick={() => draft.insist(path)}>
                  {t.form.keepMine}
                </Button>
                <Button size="small" onClick={() => draft.keep(path)}>
                  {t.form.takeTheirs}
                </Button>
              </div>
            </div>
          }
        />
      )}
    </div>
  );
}

interface RefusedBarProps {
  readonly count: number;
  readonly correcting: boolean;
  readonly disabled: boolean;
  readonly onSwitch: () => void;
}

/** After a return only what was refused is open, unless everything is wanted. */
function RefusedBar({ count, correcting, disabled, onSwitch }: RefusedBarProps) {
  const { t } = useText(filingWords);
  return (
    <div className="bar">
      <span className="soft">{correcting ? t.form.refusedOnly(count) : t.form.everything}</span>
      <Button size="small" disabled={disabled} onClick={onSwitch}>
        {correcting ? t.form.showEverything : t.form.showRefused}
      </Button>
    </div>
  );
}

/** Is it about the field, or about an item of it? */
const isOf = ({ field }: Finding, path: string): boolean => field !== null && fieldAt(field) === path;

/** While a field is being changed, only a person's comments on it are shown; the check's follow once it is saved. */
const isCurrent = (typed: boolean) => (finding: Finding) => !typed || finding.from !== 'pre_check';

/** Nothing is there yet, which is no mistake. */
const isEmptyOf = ({ rule }: Finding): boolean => rule === 'required' || rule === 'material.missing';

/** What is left to do in a section: first what is wrong, then what is empty. */
function SectionState({ open }: { readonly open: readonly Finding[] }) {
  const { t } = useText(filingWords);
  const missing = open.filter((finding) => isEmptyOf(finding)).length;
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
    conflict: <WarningOutlined />,
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
