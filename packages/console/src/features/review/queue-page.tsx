import { type ClaimFilter, claimFilters } from '@openbeian/model/filing';
import { findProvince } from '@openbeian/model/province';
import { Button, Segmented } from 'antd';
import { Link, useSearchParams } from 'react-router';
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
import { ClaimButton, ClaimHolder } from './claim-button.tsx';
import { reviewWords } from './words.ts';

/** What waits for review: the most overdue first, then the nearest deadline. */
export function QueuePage() {
  const { t } = useText(reviewWords);
  const [params, setParams] = useSearchParams();
  const claim = claimFilters.find((one) => one === params.get('claim')) ?? 'all';
  const pages = usePages(claim);
  const filter = { state: 'awaiting_review', claim } as const;
  const query = { ...filter, order: 'due', ...pages.query } as const;
  const filings = useAnswer('listFilings', { query }, { refreshMs: 15_000 });
  const counts = useAnswer('countFilings', { query: filter }, { refreshMs: 15_000 });
  const columns = useColumns();
  return (
    <Page title={t.review.title} lead={t.review.lead} topic="page:review">
      <div className="bar">
        <ClaimSwitch
          shown={claim}
          onChange={(one) => setParams(one === 'all' ? {} : { claim: one }, { replace: true })}
        />
      </div>
      <Panel flush>
        <Loaded query={filings}>
          {(answer) => (
            <>
              <Listing
                label={t.review.title}
                rows={answer.filings}
                rowKey={(row) => row.id}
                columns={columns}
                empty={<NothingToReview claim={claim} />}
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

interface ClaimSwitchProps {
  readonly shown: ClaimFilter;
  readonly onChange: (shown: ClaimFilter) => void;
}

function ClaimSwitch({ shown, onChange }: ClaimSwitchProps) {
  const { t } = useText(reviewWords);
  const shownFilters = ['all', 'unclaimed', 'mine'] as const satisfies readonly ClaimFilter[];
  return (
    <Segmented<ClaimFilter>
      aria-label={t.review.claimFilter}
      value={shown}
      onChange={onChange}
      options={shownFilters.map((value) => ({ value, label: t.review.claimFilters[value] }))}
    />
  );
}

function NothingToReview({ claim }: { readonly claim: ClaimFilter }) {
  const { t } = useText(reviewWords);
  if (claim === 'mine') return <Empty title={t.review.noneMine} />;
  if (claim === 'unclaimed') return <Empty title={t.review.noneUnclaimed} />;
  return <Empty title={t.review.empty} hint={t.review.emptyHint} />;
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
    { key: 'claim', label: t.review.claimHolder, render: (row) => <ClaimHolder filing={row} /> },
    updatedAt,
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (row) => (
        <div className="row" style={{ flexWrap: 'nowrap' }}>
          <Link to={pageOf(row)}>
            <Button size="small">{t.review.open}</Button>
          </Link>
          <ClaimButton filing={row} size="small" />
        </div>
      ),
    },
  ];
}
