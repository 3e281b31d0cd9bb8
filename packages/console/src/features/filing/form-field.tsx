import { Button, Checkbox, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { flushSync } from 'react-dom';
import type { FieldDefinition, Finding } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { fieldId } from './field-id.ts';
import { isMasked } from './form-draft.ts';
import { shownValue } from './shown-value.ts';
import { filingWords } from './words.ts';

interface FormFieldProps {
  readonly field: FieldDefinition;
  readonly value: unknown;
  /** What the server has; masked where it is personal. */
  readonly stored: unknown;
  /** Typed and not yet saved. */
  readonly typed: boolean;
  readonly findings: readonly Finding[];
  readonly advice: readonly Finding[];
  readonly onType: (value: unknown) => void;
  readonly onKeep: () => void;
  readonly onLeave: () => void;
}

/** One field: label, input, help, and below it everything that is wrong with it. */
export function FormField(props: FormFieldProps) {
  const { field, typed, findings, advice } = props;
  const { t, pick } = useText(filingWords);
  const id = fieldId(field.path);
  const inputId = `${id}-input`;
  const now = findings.filter((finding) => !typed || finding.from !== 'pre_check');
  // An empty required field is marked, but is not an error yet.
  const errors = now.filter((finding) => finding.rule !== 'required');
  const missing = now.length > errors.length;
  const describedBy = [field.help && `${id}-help`, errors.length > 0 && `${id}-findings`].filter(Boolean).join(' ');
  return (
    <div className={errors.length > 0 ? 'form-field wrong' : 'form-field'} id={id} data-field={field.path}>
      <label htmlFor={inputId}>
        {pick(field.label)}
        {!field.required && <span className="faint"> ({t.app.optional})</span>}
        {missing && <span className="missing">{t.app.required}</span>}
      </label>
      <FieldValue {...props} wrong={errors.length > 0} describedBy={describedBy} />
      {field.help && (
        <p className="faint" id={`${id}-help`}>
          {pick(field.help)}
        </p>
      )}
      <FieldFindings id={`${id}-findings`} findings={errors} />
      <FieldFindings id={`${id}-advice`} findings={advice} />
    </div>
  );
}

type FieldValueProps = Omit<FormFieldProps, 'findings' | 'advice'> & Pick<FieldInputProps, 'wrong' | 'describedBy'>;

/** The value that nobody may change, the masked one until it is to be changed, or the input. */
function FieldValue({ field, value, stored, typed, wrong, describedBy, onType, onKeep, onLeave }: FieldValueProps) {
  const { t, pick } = useText(filingWords);
  const [changing, setChanging] = useState(false);
  const inputId = `${fieldId(field.path)}-input`;
  const masked = isMasked(field.personal, stored);
  const hidden = masked && !typed && !changing;
  const change = () => {
    flushSync(() => setChanging(true));
    document.getElementById(inputId)?.focus();
  };
  if (field.input === 'fixed') {
    return (
      <p className="fixed">
        <span id={inputId} className={field.personal ? 'mono' : ''}>
          {shownValue(field, stored, pick) || '—'}
        </span>
        <span className="faint">{t.form.fixed}</span>
      </p>
    );
  }
  if (hidden) {
    return (
      <p className="fixed">
        <span className="mono">{String(stored)}</span>
        <Button id={inputId} size="small" onClick={change}>
          {t.form.change}
        </Button>
      </p>
    );
  }
  return (
    <>
      <FieldInput
        field={field}
        id={inputId}
        value={masked && !typed ? '' : value}
        wrong={wrong}
        describedBy={describedBy}
        onType={onType}
        onLeave={() => {
          if (changing && !typed) setChanging(false);
          onLeave();
        }}
      />
      {masked && changing && (
        <Button
          size="small"
          type="link"
          style={{ padding: 0 }}
          onClick={() => {
            onKeep();
            setChanging(false);
          }}
        >
          {t.form.keep}
        </Button>
      )}
    </>
  );
}

interface FieldInputProps {
  readonly field: FieldDefinition;
  readonly id: string;
  readonly value: unknown;
  readonly wrong: boolean;
  readonly describedBy: string;
  readonly onType: (value: unknown) => void;
  readonly onLeave: () => void;
}

function FieldInput({ field, id, value, wrong, describedBy, onType, onLeave }: FieldInputProps): ReactNode {
  const { t, pick } = useText(filingWords);
  const text = typeof value === 'string' ? value : '';
  const options = field.options.map((option) => ({ value: option.value, label: pick(option.label) }));
  const common = {
    id,
    status: wrong ? ('error' as const) : ('' as const),
    'aria-invalid': wrong,
    ...(describedBy ? { 'aria-describedby': describedBy } : {}),
    ...(field.required ? { 'aria-required': true } : {}),
  };
  const typing = {
    ...common,
    value: text,
    autoComplete: 'off',
    onBlur: onLeave,
    onChange: (event: { readonly target: { readonly value: string } }) => onType(event.target.value),
    ...(field.maxLength === null ? {} : { maxLength: field.maxLength }),
  };
  switch (field.input) {
    case 'select':
      return (
        <Select
          {...common}
          value={text || null}
          placeholder={t.form.pick}
          options={options}
          onChange={(chosen: string | null) => onType(chosen ?? '')}
          allowClear={!field.required}
          style={{ width: '100%' }}
        />
      );
    case 'multi_select':
      return (
        <fieldset id={id} className="choices" aria-label={pick(field.label)}>
          <Checkbox.Group value={Array.isArray(value) ? (value as string[]) : []} options={options} onChange={onType} />
        </fieldset>
      );
    case 'textarea':
      return <Input.TextArea {...typing} autoSize={{ minRows: 3, maxRows: 8 }} />;
    case 'mobile':
      return <Input {...typing} type="tel" inputMode="tel" />;
    case 'email':
      return <Input {...typing} type="email" inputMode="email" />;
    case 'url':
      return <Input {...typing} type="url" inputMode="url" placeholder="https://" />;
    default:
      return <Input {...typing} />;
  }
}

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
