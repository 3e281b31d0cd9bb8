import { type ComparedRow, isDifferent, type RuleBook } from '@openbeian/model/rule-book';
import { Button, Checkbox, Select } from 'antd';
import { useText } from '../../language/language.tsx';
import { DayField } from '../../parts/day-field.tsx';
import type { useShown } from './address.ts';
import { rulesWords } from './words.ts';

interface CompareBarProps {
  /** Where products can be compared; left out where only days can. */
  readonly book?: RuleBook;
  readonly address: ReturnType<typeof useShown>;
  /** What is compared; null: nothing yet. */
  readonly compared: readonly ComparedRow[] | null;
}

/** With what the rules shown are compared, and how much differs. */
export function CompareBar({ book, address: { shown, change }, compared }: CompareBarProps) {
  const { t, pick } = useText(rulesWords);
  const count = compared?.filter(isDifferent).length ?? 0;
  return (
    <div className="bar rules-bar screen-only">
      {book && (
        <label className="row">
          {t.rules.withProduct}
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            allowClear
            value={shown.withProduct}
            onChange={(value?: string | null) => change({ with: value ?? null })}
            aria-label={t.rules.withProduct}
            style={{ width: 260 }}
            options={book.providers.map((provider) => ({
              label: pick(provider.name),
              options: provider.products.map(({ id, name }) => ({
                value: id,
                label: `${pick(provider.name)} · ${pick(name)}`,
              })),
            }))}
          />
        </label>
      )}
      <label className="row">
        {t.rules.onDay}
        <DayField value={shown.onDay} onChange={(day) => change({ on: day })} />
      </label>
      {compared !== null && (
        <>
          <Checkbox
            checked={shown.onlyDifferent}
            onChange={(event) => change({ only: event.target.checked ? '1' : null })}
          >
            {t.rules.onlyDifferent}
          </Checkbox>
          <span role="status">{count === 0 ? t.rules.same : t.rules.differ(count)}</span>
          <Button onClick={() => change({ with: null, on: null, only: null })}>{t.rules.stopComparing}</Button>
        </>
      )}
    </div>
  );
}
