import { filingKindNames } from '@openbeian/model/filing';
import { findProvince } from '@openbeian/model/province';
import { Button, Checkbox } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Choice } from '../../parts/choice.tsx';
import { FewChoices } from '../../parts/few-choices.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import { filingWords } from '../filing/words.ts';
import { type QueueFilter, queueParams } from './queue-filter.ts';
import { reviewWords } from './words.ts';

interface QueueFilterBarProps {
  readonly filter: QueueFilter;
  /** Of the filter without province, type, nature and holder, so that each can be changed for another one. */
  readonly counts: AnswerOf<'countReviewQueue'> | undefined;
  readonly onChange: (change: Partial<QueueFilter>) => void;
  readonly onClear: () => void;
}

/** Narrows and orders the queue. */
export function QueueFilterBar({ filter, counts, onChange, onClear }: QueueFilterBarProps) {
  const { t } = useText(filingWords, reviewWords);
  return (
    <div className="bar filters">
      <FewChoices<QueueFilter['claim']>
        label={t.review.claimFilter}
        value={filter.claim}
        onChange={(claim) => onChange({ claim, holder: null })}
        choices={(['all', 'unclaimed', 'mine'] as const).map((value) => ({
          value,
          text: t.review.claimFilters[value],
        }))}
      />
      <CountedFilters filter={filter} counts={counts} onChange={onChange} />
      <Choice
        label={t.review.look}
        value={filter.look ?? 'all'}
        onChange={(look) => onChange({ look: look === 'all' ? null : look })}
        width={200}
        options={(['all', 'first', 'second'] as const).map((value) => ({ value, label: t.review.looks[value] }))}
      />
      <Checkbox checked={filter.overdue} onChange={(event) => onChange({ overdue: event.target.checked })}>
        {t.review.overdueOnly}
      </Checkbox>
      <SearchBox
        id="queue-search"
        label={t.review.search}
        searched={filter.search}
        onSearch={(search) => onChange({ search })}
        width={310}
      />
      <Choice
        label={t.review.order}
        value={filter.order}
        onChange={(order) => onChange({ order })}
        width={150}
        options={(['due', 'age'] as const).map((value) => ({ value, label: t.review.orders[value] }))}
      />
      {Object.keys(queueParams(filter, { order: 'due' })).length > 0 && (
        <Button onClick={onClear}>{t.list.clearFilter}</Button>
      )}
    </div>
  );
}

/** Those whose values are what there is in the queue, with how many of each. */
function CountedFilters({ filter, counts, onChange }: Omit<QueueFilterBarProps, 'onClear'>) {
  const { t, pick } = useText(filingWords, reviewWords);
  const natures = useAnswer('listNatures', {});
  const natureName = (value: string) => {
    const found = natures.data?.natures.find((one) => one.value === value);
    return found ? pick(found.label) : value;
  };
  const names: Readonly<Record<string, (value: string) => string>> = {
    province: (value) => pick(findProvince(value)) || value,
    kind: (value) => pick(kindNames[value]) || value,
    nature: natureName,
    holder: (value) => counts?.holders.find(({ id }) => id === value)?.name ?? value,
  };
  const choices = [
    ['province', t.filing.province, t.review.allProvinces, counts?.provinces],
    ['kind', t.filing.kind, t.review.allKinds, counts?.kinds],
    ['nature', t.review.nature, t.review.allNatures, counts?.natures],
    [
      'holder',
      t.review.claimHolder,
      t.review.allHolders,
      counts?.holders.map(({ id, count }) => ({ value: id, count })),
    ],
  ] as const;
  return choices.map(([name, label, all, found = []]) => {
    const chosen = filter[name];
    const known =
      chosen === null || found.some(({ value }) => value === chosen) ? found : [...found, { value: chosen, count: 0 }];
    return (
      <Choice
        key={name}
        label={label}
        value={chosen ?? ''}
        onChange={(value: string) => onChange({ [name]: value === '' ? null : value })}
        width={150}
        options={[
          { value: '', label: all },
          ...known.map(({ value, count }) => ({ value, label: `${names[name]?.(value) ?? value} (${count})` })),
        ]}
      />
    );
  });
}

const kindNames: Readonly<Record<string, { readonly zh: string; readonly en: string } | undefined>> = filingKindNames;
