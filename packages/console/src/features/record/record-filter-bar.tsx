import { recordStates, serviceKinds } from '@openbeian/model/filing';
import { provinces } from '@openbeian/model/province';
import { Button } from 'antd';
import { useText } from '../../language/language.tsx';
import { Choice } from '../../parts/choice.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import { filterWords } from '../filing/filter-words.ts';
import { filingWords } from '../filing/words.ts';
import { resourceWords } from '../resource/words.ts';
import type { RecordFilter } from './record-filter.ts';
import { recordWords } from './words.ts';

interface RecordFilterBarProps {
  readonly filter: RecordFilter;
  readonly onChange: (change: Partial<RecordFilter>) => void;
  readonly onClear: () => void;
}

/** Narrows a list of records. */
export function RecordFilterBar({ filter, onChange, onClear }: RecordFilterBarProps) {
  const { t, pick } = useText(filingWords, filterWords, recordWords, resourceWords);
  const choices = [
    ['state', t.record.state, t.filter.any.state, recordStates.map((value) => ({ value, label: t.factValue[value] }))],
    [
      'service',
      t.record.kind,
      t.filter.any.service,
      serviceKinds.map((value) => ({ value, label: t.filter.services[value] })),
    ],
    [
      'province',
      t.filing.province,
      t.filter.any.province,
      provinces.map((province) => ({ value: province.code, label: pick(province) })),
    ],
  ] as const;
  return (
    <div className="bar filters">
      {choices.map(([name, label, any, options]) => (
        <Choice<string>
          key={name}
          label={label}
          value={filter[name] ?? ''}
          onChange={(value) => onChange({ [name]: value === '' ? null : value })}
          width={150}
          options={[{ value: '', label: any }, ...options]}
        />
      ))}
      <SearchBox
        label={t.record.search}
        searched={filter.search}
        onSearch={(search) => onChange({ search })}
        width={310}
      />
      {Object.values(filter).some((value) => value !== null) && <Button onClick={onClear}>{t.list.clearFilter}</Button>}
    </div>
  );
}
