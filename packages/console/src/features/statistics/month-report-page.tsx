import { addDays, addMonths, dayOf } from '@openbeian/model/calendar';
import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { useSession } from '../session/session-context.tsx';
import { BlockedNamesPanel, useBlockedTables } from './blocked-names-panel.tsx';
import { dayTablesOf } from './day-tables.ts';
import './statistics.css';
import { StatisticsPanel } from './statistics-panel.tsx';
import { type StatisticsTable, tablesAsCsv, tablesOf } from './statistics-tables.ts';
import { statisticsWords } from './words.ts';

/** So many months back can be chosen. */
const mostMonths = 24;

/** One month on sheets of A4, to be printed and handed on. */
export function MonthReportPage() {
  const deployment = useAnswer('getDeployment', {});
  return <Loaded query={deployment}>{({ now, name }) => <MonthReport now={now} provider={name} />}</Loaded>;
}

interface MonthReportProps {
  readonly now: string;
  readonly provider: { readonly zh: string; readonly en: string };
}

function MonthReport({ now, provider }: MonthReportProps) {
  const { t, pick, instant } = useText(statisticsWords);
  const [params, setParams] = useSearchParams();
  const today = dayOf(now);
  const months = Array.from({ length: mostMonths }, (_, nth) => addMonths(`${today.slice(0, 7)}-01`, -nth).slice(0, 7));
  // The last whole month, unless the address says another.
  const month = months.find((one) => one === params.get('month')) ?? months[1] ?? today.slice(0, 7);
  const from = `${month}-01`;
  const to = addDays(addMonths(from, 1), -1);
  const { reviews, byDay, tables, showsNames, blocked } = useMonth(from, to);
  return (
    <div className="month-report">
      <Page
        title={t.stats.monthOf(month.slice(0, 4), month.slice(5))}
        lead={`${pick(provider)} · ${t.stats.fromTo(from, to)} · ${t.stats.madeAt(instant(now))}`}
        crumbs={[{ to: '/statistics', label: t.stats.title }]}
        actions={
          <>
            <Select
              aria-label={t.stats.chooseMonth}
              value={month}
              onChange={(value: string) => setParams({ month: value }, { replace: true })}
              style={{ width: 130 }}
              options={months.map((value) => ({ value, label: value }))}
            />
            <Button
              disabled={tables === undefined}
              onClick={() =>
                tables && saveFile(`month-${month}.csv`, 'text/csv', tablesAsCsv([...tables, ...blocked], pick))
              }
            >
              {t.stats.export}
            </Button>
            <Button type="primary" disabled={tables === undefined} onClick={() => window.print()}>
              {t.stats.print}
            </Button>
          </>
        }
      >
        {to >= today && <p className="faint">{t.stats.soFar}</p>}
        <Loaded query={reviews}>
          {() => (
            <Loaded query={byDay}>
              {() => (
                <>
                  <InShort tables={tables ?? []} />
                  {(tables ?? []).map((table) => (
                    <StatisticsPanel key={table.key} table={table} span={{ from, to }} isReport />
                  ))}
                  {showsNames && <BlockedNamesPanel span={{ from, to }} isReport />}
                </>
              )}
            </Loaded>
          )}
        </Loaded>
      </Page>
    </div>
  );
}

/** Everything that is known of these days. */
function useMonth(from: string, to: string) {
  const { language } = useText();
  const query = { from, to };
  const byDay = useAnswer('getDayStatistics', { query });
  const reviews = useAnswer('getReviewStatistics', { query });
  const tables = useMemo(
    () =>
      byDay.data && reviews.data
        ? [...dayTablesOf(byDay.data, { from, to }, language), ...tablesOf(reviews.data, { from, to }, language)]
        : undefined,
    [byDay.data, reviews.data, from, to, language],
  );
  const showsNames = useSession().role !== 'reviewer';
  const blocked = useBlockedTables(query, showsNames);
  return { byDay, reviews, tables, showsNames, blocked };
}

/** The sums of what is counted by day. */
function InShort({ tables }: { readonly tables: readonly StatisticsTable[] }) {
  const { t, pick } = useText(statisticsWords);
  const sums = tables
    .filter(({ key }) => ['filings', 'codes', 'gates'].includes(key))
    .map(({ key, title, columns, rows }) => ({
      key,
      title,
      parts: columns
        .slice(1)
        .map((column, place) => `${pick(column)} ${rows.reduce((sum, row) => sum + Number(row[place + 1]), 0)}`),
    }));
  if (sums.length === 0) return null;
  return (
    <Panel title={t.stats.inShort}>
      <dl className="report-sums">
        {sums.map(({ key, title, parts }) => (
          <div key={key}>
            <dt>{pick(title)}</dt>
            <dd>{parts.join(' · ')}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
