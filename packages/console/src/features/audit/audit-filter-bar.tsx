import { auditActionNames, auditActionText } from '@openbeian/model/audit';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import type { AuditFilter } from './audit-filter.ts';
import { auditWords } from './words.ts';

interface AuditFilterBarProps {
  readonly filter: AuditFilter;
  /** What the actor of the filter is called, where a row that is shown says so. */
  readonly actorName: string | null;
  readonly onChange: (change: Partial<AuditFilter>) => void;
  readonly onClear: () => void;
}

/** Narrows the audit by who, what, which object and which days. */
export function AuditFilterBar({ filter, actorName, onChange, onClear }: AuditFilterBarProps) {
  const { t, pick } = useText(auditWords);
  const day = (name: 'from' | 'to', label: string) => (
    <label className="row">
      {label}
      <DayField value={filter[name]} onChange={(value) => onChange({ [name]: value || null })} />
    </label>
  );
  return (
    <div className="bar filters">
      <ActorChoice id={filter.actor} name={actorName} onChange={(actor) => onChange({ actor })} />
      <Select
        aria-label={t.audit.action}
        placeholder={t.audit.allActions}
        value={filter.action}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(action) => onChange({ action: action ?? null })}
        style={{ width: 220 }}
        options={auditActionNames.map((value) => ({ value, label: pick(auditActionText(value)) }))}
      />
      <SearchBox
        label={t.audit.filter}
        searched={filter.object}
        onSearch={(object) => onChange({ object })}
        width={260}
      />
      {day('from', t.audit.from)}
      {day('to', t.audit.to)}
      {Object.values(filter).some((value) => value !== null) && <Button onClick={onClear}>{t.list.clearFilter}</Button>}
    </div>
  );
}

interface ActorChoiceProps {
  readonly id: string | null;
  readonly name: string | null;
  readonly onChange: (id: string | null) => void;
}

/** A person by name or login, background work, or whatever else has an id, such as an API key. */
function ActorChoice({ id, name, onChange }: ActorChoiceProps) {
  const { t } = useText(auditWords);
  const [typed, setTyped] = useState('');
  const search = typed.trim();
  const people = useAnswer(
    'listPeople',
    { query: { limit: 20, ...(search === '' ? {} : { search }) } },
    { keepPrevious: true },
  );
  const options = [
    ...(search === '' ? [{ value: 'system', label: t.audit.system }] : []),
    ...(people.data?.people ?? []).map((person) => ({
      value: person.id,
      label: `${person.displayName} (${person.login})`,
    })),
    ...(search === '' ? [] : [{ value: search, label: t.audit.byId(search) }]),
  ];
  const isListed = id === null || options.some(({ value }) => value === id);
  return (
    <Select
      aria-label={t.audit.actor}
      placeholder={t.audit.anybody}
      value={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onChange={(value) => {
        setTyped('');
        onChange(value ?? null);
      }}
      style={{ width: 220 }}
      options={isListed ? options : [{ value: id, label: name ?? id }, ...options]}
    />
  );
}
