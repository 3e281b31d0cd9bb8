import { dayOf } from '@openbeian/model/calendar';
import { Button } from 'antd';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { useSession } from '../session/session-context.tsx';
import { BlockedNamesPanel, useBlockedTables } from './blocked-names-panel.tsx';
import { dayTablesOf } from './day-tables.ts';
import './statistics.css';
import { reviewWords } from '../review/words.ts';
import { dayQueryOf, statisticsFilterOf, statisticsParams, statisticsQueryOf } from './statistics-filter.ts';
import { StatisticsFilterBar } from './statistics-filter-bar.tsx';
import { StatisticsPanel } from './statistics-panel.tsx';
import { tablesAsCsv, tablesOf } from './statistics-tables.ts';
import { statisticsWords } from './words.ts';

/** What was done with filings on some days, as plots with their numbers. */
export function StatisticsPage() {
  const deployment = useAnswer('getDeployment', {});
  return <Loaded query={deployment}>{({ now }) => <StatisticsUntil today={dayOf(now)} />}</Loaded>;
}

function StatisticsUntil({ today }: { readonly today: string }) {
  const { t, pick, language } = useText(statisticsWords, reviewWords);
  const [params, setParams] = useSearchParams();
  const filter = statisticsFilterOf(params, today);
  const { from, to } = filter;
  const found = useAnswer('getReviewStatistics', { query: statisticsQueryOf(filter) }, { keepPrevious: true });
  // So that one reviewer can be changed for another.
  const ofAll = statisticsQueryOf({ ...filter, reviewer: null });
  const all = useAnswer('getReviewStatistics', { query: ofAll }, { keepPrevious: true });
  // How long filings stayed is nobody’s alone.
  const isOfOne = filter.reviewer !== null;
  // Of one reviewer alone nothing of this is known.
  const byDay = useAnswer('getDayStatistics', { query: dayQueryOf(filter) }, { keepPrevious: true, enabled: !isOfOne });
  // Gates know neither provinces nor reviewers nor types.
  const isWhole = filter.province === null && filter.kind === null && !isOfOne;
  const showsNames = useSession().role !== 'reviewer' && isWhole;
  const blocked = useBlockedTables({ from, to }, showsNames);
  const tables = useMemo(() => {
    if (found.data === undefined || (byDay.data === undefined && !isOfOne)) return undefined;
    const ofReviews = tablesOf(found.data, { from, to }, language);
    if (isOfOne || byDay.data === undefined) return ofReviews.filter(({ key }) => key !== 'stays');
    return [...dayTablesOf(byDay.data, { from, to }, language), ...ofReviews];
  }, [found.data, byDay.data, from, to, isOfOne, language]);
  return (
    <Page
      title={t.stats.title}
      lead={t.stats.lead}
      topic="page:review"
      actions={
        <>
          <Link to={`/statistics/month?month=${to.slice(0, 7)}`}>
            <Button>{t.stats.month}</Button>
          </Link>
          <Button
            disabled={tables === undefined}
            onClick={() =>
              tables && saveFile(`review-${from}-${to}.csv`, 'text/csv', tablesAsCsv([...tables, ...blocked], pick))
            }
          >
            {t.stats.export}
          </Button>
        </>
      }
    >
      <StatisticsFilterBar
        filter={filter}
        reviewers={all.data?.reviewers ?? []}
        onChange={(change) => setParams(statisticsParams(filter, change), { replace: true })}
        onClear={() => setParams({ from, to }, { replace: true })}
      />
      <Loaded query={found}>
        {() => (tables ?? []).map((table) => <StatisticsPanel key={table.key} table={table} span={filter} />)}
      </Loaded>
      {showsNames && <BlockedNamesPanel span={filter} />}
    </Page>
  );
}
