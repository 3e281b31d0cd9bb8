import { addDays, dayOf, isDay } from '@openbeian/model/calendar';
import type { RuleBook } from '@openbeian/model/rule-book';
import { Select } from 'antd';
import { useSearchParams } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { FleetPanel } from './fleet-panel.tsx';
import { changeDays, changesBetween, type RuleChanges, usualDays } from './rule-changes.ts';
import { CompareTable } from './rule-table.tsx';
import './rules.css';
import { rulesWords } from './words.ts';

/** What differs between the rules of two days, and what that does to the provider's resources. */
export function RuleChangesPage() {
  const book = useAnswer('getRuleBook', {});
  const deployment = useAnswer('getDeployment', {});
  return (
    <Loaded query={book}>
      {(rules) => <Loaded query={deployment}>{({ now }) => <RuleChangesOf book={rules} today={dayOf(now)} />}</Loaded>}
    </Loaded>
  );
}

function RuleChangesOf({ book, today }: { readonly book: RuleBook; readonly today: string }) {
  const { t } = useText(rulesWords);
  const [params, setParams] = useSearchParams();
  const known = changeDays(book);
  const usual = usualDays(known, today);
  const dayIn = (name: 'from' | 'to') => {
    const given = params.get(name);
    return isDay(given) ? given : usual[name];
  };
  const days = { from: dayIn('from'), to: dayIn('to') };
  const { products, provinces } = changesBetween(book, days);
  const field = (name: 'from' | 'to') => (
    <label className="row">
      {t.rules.changes[name]}
      <DayField
        value={days[name]}
        onChange={(day) => isDay(day) && setParams({ ...days, [name]: day }, { replace: true })}
      />
    </label>
  );
  return (
    <Page title={t.rules.changes.title} lead={t.rules.changes.lead}>
      <div className="bar rules-bar screen-only">
        {field('from')}
        {field('to')}
        <Select
          aria-label={t.rules.changes.known}
          placeholder={t.rules.changes.known}
          value={known.includes(days.to) && days.from === addDays(days.to, -1) ? days.to : null}
          onChange={(value: string | null) =>
            value !== null && setParams({ from: addDays(value, -1), to: value }, { replace: true })
          }
          style={{ width: 200 }}
          options={known.map((day) => ({ value: day, label: day > today ? t.rules.changes.future(day) : day }))}
        />
      </div>
      <FleetPanel key={`${days.from} ${days.to}`} {...days} />
      <Differences title={t.rules.changes.products} changes={products} {...days} />
      <Differences title={t.rules.provinces} changes={provinces} {...days} />
    </Page>
  );
}

interface DifferencesProps {
  readonly title: string;
  readonly changes: readonly RuleChanges[];
  readonly from: string;
  readonly to: string;
}

function Differences({ title, changes, from, to }: DifferencesProps) {
  const { t, pick } = useText(rulesWords);
  return (
    <Panel title={title} beside={<span className="faint">{t.rules.changes.count(changes.length)}</span>}>
      {changes.length === 0 && <Empty title={t.rules.same} />}
      {changes.map(({ key, name, rows }) => (
        <section key={key} aria-label={pick(name)}>
          <h3>{pick(name)}</h3>
          <CompareTable rows={rows} left={from} right={to} withSources />
        </section>
      ))}
    </Panel>
  );
}
