import { dayOf } from '@openbeian/model/calendar';
import { Button } from 'antd';
import { useSearchParams } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { statisticsFilterOf, statisticsParams, statisticsQueryOf } from './statistics-filter.ts';
import { StatisticsFilterBar } from './statistics-filter-bar.tsx';
import { type StatisticsTable, tablesAsCsv, tablesOf } from './statistics-tables.ts';
import { statisticsWords } from './statistics-words.ts';
import { reviewWords } from './words.ts';

/** What was done with filings on some days, as tables. */
export function StatisticsPage() {
  const deployment = useAnswer('getDeployment', {});
  return <Loaded query={deployment}>{({ now }) => <StatisticsUntil today={dayOf(now)} />}</Loaded>;
}

function StatisticsUntil({ today }: { readonly today: string }) {
  const { t, pick } = useText(statisticsWords, reviewWords);
  const [params, setParams] = useSearchParams();
  const filter = statisticsFilterOf(params, today);
  const { from, to } = filter;
  const found = useAnswer('getReviewStatistics', { query: statisticsQueryOf(filter) }, { keepPrevious: true });
  // So that one reviewer can be changed for another.
  const ofAll = statisticsQueryOf({ ...filter, reviewer: null });
  const all = useAnswer('getReviewStatistics', { query: ofAll }, { keepPrevious: true });
  // How long filings stayed is nobody’s alone.
  const tables =
    found.data && tablesOf(found.data, pick).filter(({ key }) => filter.reviewer === null || key !== 'stays');
  return (
    <Page
      title={t.stats.title}
      lead={t.stats.lead}
      crumbs={[{ to: '/review', label: t.review.title }]}
      topic="page:review"
      actions={
        <Button
          disabled={tables === undefined}
          onClick={() => tables && saveFile(`review-${from}-${to}.csv`, 'text/csv', tablesAsCsv(tables, pick))}
        >
          {t.stats.export}
        </Button>
      }
    >
      <StatisticsFilterBar
        filter={filter}
        reviewers={all.data?.reviewers ?? []}
        onChange={(change) => setParams(statisticsParams(filter, change), { replace: true })}
        onClear={() => setParams({ from, to }, { replace: true })}
      />
      <Loaded query={found}>{() => (tables ?? []).map((table) => <TablePanel key={table.key} table={table} />)}</Loaded>
    </Page>
  );
}

function TablePanel({ table }: { readonly table: StatisticsTable }) {
  const { t, pick } = useText(statisticsWords);
  const { key, title, columns, rows } = table;
  return (
    <Panel title={pick(title)} flush>
      <Listing<StatisticsTable['rows'][number]>
        label={pick(title)}
        rows={rows}
        rowKey={(row) => `${key} ${row.join(' ')}`}
        fits
        empty={<Empty title={t.stats.empty} />}
        columns={columns.map((label, place) => ({
          key: String(place),
          label: pick(label),
          render: (row) => <span className={place === 0 ? 'wrap' : 'number'}>{row[place]}</span>,
          ...(place === 0 && { onCard: 'title' as const }),
        }))}
      />
    </Panel>
  );
}
