import { authorityKinds, filingKindNames, filingStates, serviceKinds } from '@openbeian/model/filing';
import { provinces } from '@openbeian/model/province';
import { Button } from 'antd';
import { useText } from '../../language/language.tsx';
import { Choice } from '../../parts/choice.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import { dues, type FilingFilter, filingParams, stateNames } from './filing-filter.ts';
import { filterWords } from './filter-words.ts';
import { filingWords } from './words.ts';

interface FilingFilterBarProps {
  readonly filter: FilingFilter;
  readonly onChange: (change: Partial<FilingFilter>) => void;
  readonly onClear: () => void;
}

/** Narrows and orders a list of filings. */
export function FilingFilterBar({ filter, onChange, onClear }: FilingFilterBarProps) {
  const { t } = useText(filingWords, filterWords);
  return (
    <div className="bar filters">
      <Choices filter={filter} onChange={onChange} />
      <SearchBox
        label={t.filter.search}
        searched={filter.search}
        onSearch={(search) => onChange({ search })}
        width={310}
      />
      {(['from', 'to'] as const).map((name) => (
        <label key={name} className="row">
          <span className="faint">{t.filter.started[name]}</span>
          <DayField value={filter[name]} onChange={(day) => onChange({ [name]: day || null })} />
        </label>
      ))}
      {/* What is narrowed by its due date or its start comes in that order. */}
      {filter.due === null && filter.from === null && filter.to === null && (
        <Choice
          label={t.list.order}
          value={filter.order}
          onChange={(order) => onChange({ order })}
          width={160}
          options={(['newest', 'due'] as const).map((value) => ({ value, label: t.filter.orders[value] }))}
        />
      )}
      {Object.keys(filingParams(filter, { order: 'newest' })).length > 0 && (
        <Button onClick={onClear}>{t.list.clearFilter}</Button>
      )}
    </div>
  );
}

/** Those of which there are few values. */
function Choices({ filter, onChange }: Pick<FilingFilterBarProps, 'filter' | 'onChange'>) {
  const { t, pick } = useText(filingWords, filterWords);
  const choices = [
    [
      'state',
      t.filing.stateFilter,
      t.filter.any.state,
      [
        { value: 'open', label: t.filing.openOnly },
        ...stateNames.map((value) => ({ value, label: pick(filingStates[value]) })),
      ],
    ],
    [
      'kind',
      t.filing.kind,
      t.filter.any.kind,
      authorityKinds.map((value) => ({ value, label: pick(filingKindNames[value]) })),
    ],
    [
      'province',
      t.filing.province,
      t.filter.any.province,
      provinces.map((province) => ({ value: province.code, label: pick(province) })),
    ],
    [
      'service',
      t.filing.serviceKind,
      t.filter.any.service,
      serviceKinds.map((value) => ({ value, label: t.filter.services[value] })),
    ],
    ['due', t.filing.dueAt, t.filter.any.due, dues.map((value) => ({ value, label: t.filter.dues[value] }))],
  ] as const;
  return choices.map(([name, label, any, options]) => (
    <Choice<string>
      key={name}
      label={label}
      value={filter[name] ?? ''}
      onChange={(value) => onChange({ [name]: value === '' ? null : value })}
      width={150}
      options={[{ value: '', label: any }, ...options]}
    />
  ));
}
