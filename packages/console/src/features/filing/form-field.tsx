import { Button } from 'antd';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useText } from '../../language/language.tsx';
import { FieldFindings } from './field-findings.tsx';
import { fieldId } from './field-id.ts';
import { FieldInput, type FieldInputProps } from './field-input.tsx';
import { isMasked } from './form-draft.ts';
import type { FormFieldProps } from './form-field-props.ts';
import { ListField } from './list-field.tsx';
import { shownValue } from './shown-value.ts';
import { filingWords } from './words.ts';

/** One field: label, input, help, and below it everything that is wrong with it. */
export function FormField(props: FormFieldProps) {
  const { field, typed, findings, advice } = props;
  const { t, pick } = useText(filingWords);
  const id = fieldId(field.path);
  const inputId = `${id}-input`;
  const now = findings.filter((finding) => !typed || finding.from !== 'pre_check');
  if (field.input === 'list') return <ListField {...props} findings={now} />;
  // An empty required field is marked, but is not an error yet.
  const errors = now.filter((finding) => finding.rule !== 'required');
  const missing = now.length > errors.length;
  const describedBy = [field.help && `${id}-help`, errors.length > 0 && `${id}-findings`].filter(Boolean).join(' ');
  return (
    <div className={errors.length > 0 ? 'form-field wrong' : 'form-field'} id={id} data-field={field.path}>
      {field.input !== 'tick' && (
        <label htmlFor={inputId}>
          {pick(field.label)}
          {!field.required && errors.length === 0 && field.input !== 'fixed' && (
            <span className="faint"> ({t.app.optional})</span>
          )}
          {missing && <span className="missing">{t.app.required}</span>}
        </label>
      )}
      <FieldValue {...props} wrong={errors.length > 0} describedBy={describedBy} />
      {field.help && (
        <p className="faint" id={`${id}-help`}>
          {pick(field.help)}
        </p>
      )}
      <FieldFindings id={`${id}-findings`} findings={errors} onPropose={props.onType} />
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
