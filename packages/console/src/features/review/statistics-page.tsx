import { addDays, dayOf } from '@openbeian/model/calendar';
import { Button, Input } from 'antd';
import { useSearchParams } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { saveFile } from '../../parts/save-file.ts';
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
  const from = params.get('from') ?? addDays(today, -29);
  const to = params.get('to') ?? today;
  const found = useAnswer('getReviewStatistics', { query: { from, to } }, { keepPrevious: true });
  const day = (name: 'from' | 'to', value: string) => (
    <label className="row">
      {t.stats[name]}
      <Input
        type="date"
        value={value}
        style={{ width: 150 }}
        onChange={(event) => setParams({ from, to, [name]: event.target.value || value }, { replace: true })}
      />
    </label>
  );
  return (
    <Page
      title={t.stats.title}
      lead={t.stats.lead}
      crumbs={[{ to: '/review', label: t.review.title }]}
      topic="page:review"
      actions={
        <Button
          disabled={found.data === undefined}
          onClick={() =>
            found.data &&
            saveFile(`review-${from}-${to}.csv`, 'text/csv', tablesAsCsv(tablesOf(found.data, pick), pick))
          }
        >
          {t.stats.export}
        </Button>
      }
    >
      <div className="bar">
        {day('from', from)}
        {day('to', to)}
      </div>
      <Loaded query={found}>
        {(answer) => tablesOf(answer, pick).map((table) => <TablePanel key={table.key} table={table} />)}
      </Loaded>
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
