import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { type FormValues, isAsked, itemsOf } from '@openbeian/model/forms';
import { Button } from 'antd';
import type { Finding, ItemFieldDefinition } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { AppReader } from './app-reader.tsx';
import { FieldFindings } from './field-findings.tsx';
import { fieldId } from './field-id.ts';
import { FieldInput } from './field-input.tsx';
import type { FormFieldProps } from './form-field-props.ts';
import { filingWords } from './words.ts';

const platformsPath = 'service.platforms';

/** A list of records: each with its fields and what is wrong with them, to add to and to remove from. */
export function ListField({ field, value, findings, advice, onType, onLeave }: FormFieldProps) {
  const { t, pick } = useText(filingWords);
  const id = fieldId(field.path);
  const items = itemsOf(value);
  const own = findings.filter((finding) => finding.field === field.path);
  const errors = own.filter((finding) => finding.rule !== 'required');
  const label = pick(field.label);
  const change = (index: number, item: FormValues) => onType(items.map((one, at) => (at === index ? item : one)));
  return (
    <div className={errors.length > 0 ? 'form-field wrong' : 'form-field'} id={id} data-field={field.path}>
      <fieldset className="list-field" aria-describedby={`${id}-findings`}>
        <legend>
          {label}
          {!field.required && <span className="faint"> ({t.app.optional})</span>}
          {own.length > errors.length && <span className="missing">{t.app.required}</span>}
        </legend>
        {field.help && <p className="faint">{pick(field.help)}</p>}
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items are known by their place, and findings name it
          <div className="list-item" key={index}>
            <div className="list-item-head">
              <span className="soft">{`${label} ${index + 1}`}</span>
              <Button
                size="small"
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t.form.remove(label, index + 1)}
                onClick={() => onType(items.filter((_one, at) => at !== index))}
              />
            </div>
            {field.path === platformsPath && (
              <AppReader platform={item['platform']} onRead={(found) => change(index, { ...item, ...found })} />
            )}
            {field.item
              .filter((part) => isAsked(part, item))
              .map((part) => (
                <ItemField
                  key={part.path}
                  part={part}
                  path={`${field.path}.${index}.${part.path}`}
                  value={item[part.path]}
                  findings={findings}
                  onType={(inner) => change(index, { ...item, [part.path]: inner })}
                  onLeave={onLeave}
                />
              ))}
          </div>
        ))}
        {(field.most === null || items.length < field.most) && (
          <Button id={`${id}-input`} icon={<PlusOutlined />} onClick={() => onType([...items, {}])}>
            {t.form.add(label)}
          </Button>
        )}
      </fieldset>
      <FieldFindings id={`${id}-findings`} findings={errors} />
      <FieldFindings id={`${id}-advice`} findings={advice} />
    </div>
  );
}

interface ItemFieldProps {
  readonly part: ItemFieldDefinition;
  readonly path: string;
  readonly value: unknown;
  readonly findings: readonly Finding[];
  readonly onType: (value: unknown) => void;
  readonly onLeave: () => void;
}

function ItemField({ part, path, value, findings, onType, onLeave }: ItemFieldProps) {
  const { t, pick } = useText(filingWords);
  const id = fieldId(path);
  const own = findings.filter((finding) => finding.field === path);
  const errors = own.filter((finding) => finding.rule !== 'required');
  const describedBy = [part.help && `${id}-help`, errors.length > 0 && `${id}-findings`].filter(Boolean).join(' ');
  return (
    <div className={errors.length > 0 ? 'form-field wrong' : 'form-field'} id={id}>
      <label htmlFor={`${id}-input`}>
        {pick(part.label)}
        {!part.required && <span className="faint"> ({t.app.optional})</span>}
        {own.length > errors.length && <span className="missing">{t.app.required}</span>}
      </label>
      <FieldInput
        field={part}
        id={`${id}-input`}
        value={value}
        wrong={errors.length > 0}
        describedBy={describedBy}
        onType={onType}
        onLeave={onLeave}
      />
      {part.help && (
        <p className="faint" id={`${id}-help`}>
          {pick(part.help)}
        </p>
      )}
      <FieldFindings id={`${id}-findings`} findings={errors} />
    </div>
  );
}
