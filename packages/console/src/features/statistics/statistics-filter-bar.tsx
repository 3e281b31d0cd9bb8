import { authorityKinds, filingKindNames } from '@openbeian/model/filing';
import { findProvince, provinces } from '@openbeian/model/province';
import { Button, Select } from 'antd';
import { useText } from '../../language/language.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { filingWords } from '../filing/words.ts';
import { reviewWords } from '../review/words.ts';
import { type StatisticsFilter, statisticsParams } from './statistics-filter.ts';
import { statisticsWords } from './words.ts';

interface StatisticsFilterBarProps {
  readonly filter: StatisticsFilter;
  /** Who did anything on these days. */
  readonly reviewers: readonly { readonly id: string; readonly name: string | null }[];
  readonly onChange: (change: Partial<StatisticsFilter>) => void;
  readonly onClear: () => void;
}

/** Which days, and of what. */
export function StatisticsFilterBar({ filter, reviewers, onChange, onClear }: StatisticsFilterBarProps) {
  const { t, pick } = useText(filingWords, reviewWords, statisticsWords);
  const day = (name: 'from' | 'to') => (
    <label className="row">
      {t.stats[name]}
      <DayField value={filter[name]} onChange={(value) => onChange({ [name]: value || filter[name] })} />
    </label>
  );
  const nameOf = (id: string) => reviewers.find((one) => one.id === id)?.name ?? id;
  const ids = [...new Set([...reviewers.map(({ id }) => id), ...(filter.reviewer === null ? [] : [filter.reviewer])])];
  const choices = [
    ['province', t.filing.province, t.review.allProvinces, provinces.map(({ code }) => code)],
    ['reviewer', t.stats.reviewer, t.stats.allReviewers, ids],
    ['kind', t.filing.kind, t.review.allKinds, authorityKinds],
  ] as const;
  const labels = {
    province: (value: string) => pick(findProvince(value)) || value,
    reviewer: nameOf,
    kind: (value: string) => pick(kindNames[value]) || value,
  };
  return (
    <div className="bar filters">
      {day('from')}
      {day('to')}
      {choices.map(([name, label, all, values]) => (
        <Select
          key={name}
          aria-label={label}
          value={filter[name] ?? ''}
          onChange={(value: string) => onChange({ [name]: value === '' ? null : value })}
          style={{ width: 170 }}
          showSearch={{ optionFilterProp: 'label' }}
          options={[{ value: '', label: all }, ...values.map((value) => ({ value, label: labels[name](value) }))]}
        />
      ))}
      {Object.keys(statisticsParams(filter)).some((name) => name !== 'from' && name !== 'to') && (
        <Button onClick={onClear}>{t.list.clearFilter}</Button>
      )}
    </div>
  );
}

const kindNames: Readonly<Record<string, { readonly zh: string; readonly en: string } | undefined>> = filingKindNames;
