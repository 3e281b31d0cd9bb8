import { Checkbox, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import type { FieldDefinition, ItemFieldDefinition } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { filingWords } from './words.ts';

export interface FieldInputProps {
  readonly field: FieldDefinition | ItemFieldDefinition;
  readonly id: string;
  readonly value: unknown;
  readonly wrong: boolean;
  readonly describedBy: string;
  readonly onType: (value: unknown) => void;
  readonly onLeave: () => void;
}

/** More options than this are listed in a box that is searched; fewer are seen at once. */
const mostInView = 20;

/** The input of a field that is filled in. Nothing is cut while it is typed or pasted: the check says what is too long. */
export function FieldInput(props: FieldInputProps): ReactNode {
  const { field, id, value, wrong, describedBy, onType, onLeave } = props;
  const { pick } = useText(filingWords);
  const text = typeof value === 'string' ? value : '';
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
    onBlur: () => {
      // Spaces at the ends are seen by nobody and make a name another one. What is typed so is saved a moment later.
      if (text.trim() === text) onLeave();
      else onType(text.trim());
    },
    onChange: (event: { readonly target: { readonly value: string } }) => onType(event.target.value),
  };
  switch (field.input) {
    case 'select':
    case 'multi_select':
    case 'texts':
      return <Choice {...props} common={common} />;
    case 'tick':
      return (
        <Checkbox id={id} checked={text === 'yes'} onChange={({ target }) => onType(target.checked ? 'yes' : '')}>
          {pick(field.label)}
        </Checkbox>
      );
    case 'until':
      return <UntilInput {...props} common={common} />;
    case 'date':
      return <DayField {...common} value={text} onBlur={onLeave} onChange={onType} />;
    case 'textarea':
      return <Input.TextArea {...typing} autoSize={{ minRows: 3, maxRows: 8 }} />;
    case 'mobile':
    case 'phone':
      return <Input {...typing} type="tel" inputMode="tel" />;
    case 'email':
      return <Input {...typing} type="email" inputMode="email" />;
    case 'url':
      return <Input {...typing} type="url" inputMode="url" placeholder="https://" />;
    default:
      return <Input {...typing} />;
  }
}

type CommonProps = { readonly id: string; readonly status: '' | 'error'; readonly 'aria-invalid': boolean };

/** One or several of the options; free texts are typed one after the other. */
function Choice({ field, id, value, onType, common }: FieldInputProps & { readonly common: CommonProps }): ReactNode {
  const { t, pick } = useText(filingWords);
  const list = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  const isLong = field.options.length > mostInView;
  if (field.input === 'select') {
    return (
      <Select
        {...common}
        value={typeof value === 'string' && value !== '' ? value : null}
        placeholder={t.form.pick}
        options={groupedOptions(field, pick)}
        onChange={(chosen: string | null) => onType(chosen ?? '')}
        allowClear={!field.required}
        {...(isLong ? { showSearch: { optionFilterProp: 'label' } } : {})}
        style={{ width: '100%' }}
      />
    );
  }
  if (field.input === 'texts') {
    return (
      <Select
        {...common}
        mode="tags"
        value={list}
        placeholder={t.form.typeEach}
        options={[]}
        open={false}
        suffixIcon={null}
        tokenSeparators={[',', '，', '、', ';', '；', ' ', '\n', '\t']}
        onChange={(texts: string[]) => onType(texts)}
        style={{ width: '100%' }}
      />
    );
  }
  if (isLong) {
    return (
      <Select
        {...common}
        mode="multiple"
        value={list}
        placeholder={t.form.pickSeveral}
        options={groupedOptions(field, pick)}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(chosen: string[]) => onType(chosen)}
        style={{ width: '100%' }}
      />
    );
  }
  return (
    <fieldset id={id} className="choices" aria-label={pick(field.label)}>
      <Checkbox.Group
        value={list}
        options={field.options.map((option) => ({ value: option.value, label: pick(option.label) }))}
        onChange={(chosen: string[]) => onType(chosen)}
      />
    </fieldset>
  );
}

interface SelectOption {
  readonly value?: string;
  readonly label: string;
  readonly title: string;
  readonly options?: SelectOption[];
}

type PickText = (text: { readonly zh: string; readonly en: string }) => string;

/** Options as a select lists them: under their groups where they have some. */
function groupedOptions({ options }: FieldInputProps['field'], pick: PickText) {
  const groups = new Map<string, { value: string; label: string; title: string }[]>();
  for (const { value, label, group } of options) {
    const of = group === undefined ? '' : pick(group);
    groups.set(of, [...(groups.get(of) ?? []), { value, label: pick(label), title: pick(label) }]);
  }
  return [...groups].flatMap(([label, own]): SelectOption[] =>
    label === '' ? own : [{ label, title: label, options: own }],
  );
}

/** A day, or that there is none. */
function UntilInput({ id, value, onType, onLeave, common }: FieldInputProps & { readonly common: CommonProps }) {
  const { t } = useText(filingWords);
  const isLongTerm = value === 'long_term';
  return (
    <div className="until">
      <DayField
        {...common}
        value={isLongTerm || typeof value !== 'string' ? '' : value}
        disabled={isLongTerm}
        onBlur={onLeave}
        onChange={onType}
      />
      <Checkbox
        id={`${id}-long-term`}
        checked={isLongTerm}
        onChange={({ target }) => onType(target.checked ? 'long_term' : '')}
      >
        {t.form.longTerm}
      </Checkbox>
    </div>
  );
}
