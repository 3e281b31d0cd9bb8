import { findProvince } from '@openbeian/model/province';
import { Button } from 'antd';
import { Link } from 'react-router';
import type { Filing } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { PageTurner, usePages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useFilingColumns } from '../filing/filing-columns.tsx';
import { filingWords } from '../filing/words.ts';
import { resourceWords } from '../resource/words.ts';
import { reviewWords } from './words.ts';

/** What waits for review: the most overdue first, then the nearest deadline. */
export function QueuePage() {
  const { t } = useText(reviewWords);
  const pages = usePages();
  const query = { state: 'awaiting_review', order: 'due', ...pages.query } as const;
  const filings = useAnswer('listFilings', { query }, { refreshMs: 15_000 });
  const counts = useAnswer('countFilings', { query: { state: 'awaiting_review' } }, { refreshMs: 15_000 });
  const columns = useColumns();
  return (
    <Page title={t.review.title} lead={t.review.lead} topic="page:review">
      <Panel flush>
        <Loaded query={filings}>
          {(answer) => (
            <>
              <Listing
                label={t.review.title}
                rows={answer.filings}
                rowKey={(row) => row.id}
                columns={columns}
                empty={<Empty title={t.review.empty} hint={t.review.emptyHint} />}
                total={counts.data?.total ?? null}
              />
              <PageTurner pages={pages} next={answer.next} />
            </>
          )}
        </Loaded>
      </Panel>
    </Page>
  );
}

function useColumns(): Column<Filing>[] {
  const { t, pick, word } = useText(filingWords, resourceWords, reviewWords);
  const pageOf = (row: Filing) => `/review/${row.id}`;
  const { domainName, account, dueAt, updatedAt } = useFilingColumns(pageOf);
  return [
    domainName,
    { ...dueAt, onCard: 'state' },
    {
      key: 'subject',
      label: t.filing.subjectKind,
      render: (row) => word(t.factValue, row.subjectKind),
    },
    {
      key: 'province',
      label: t.filing.province,
      render: (row) => pick(findProvince(row.provinceCode)) || row.provinceCode,
    },
    account,
    updatedAt,
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (row) => (
        <Link to={pageOf(row)}>
          <Button size="small">{t.review.open}</Button>
        </Link>
      ),
    },
  ];
}
