import { findProvince } from '@openbeian/model/province';
import { Button } from 'antd';
import { Link, useSearchParams } from 'react-router';
import type { Filing } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Shortcuts } from '../../parts/shortcuts.tsx';
import { useFilingColumns } from '../filing/filing-columns.tsx';
import { filingWords } from '../filing/words.ts';
import { resourceWords } from '../resource/words.ts';
import { ClaimButton, ClaimHolder } from './claim-button.tsx';
import { moveFocus } from './move-focus.ts';
import { narrowingOf, type QueueFilter, queueFilterOf, queueParams, queueQueryOf } from './queue-filter.ts';
import { QueueFilterBar } from './queue-filter-bar.tsx';
import { hasMarks, ReviewMarks } from './review-marks.tsx';
import './review.css';
import { reviewPath, useClaimNext } from './use-claim-next.ts';
import { reviewWords } from './words.ts';

/** What waits for review, narrowed and ordered as the address says. */
export function QueuePage() {
  const { t } = useText(reviewWords);
  const [params, setParams] = useSearchParams();
  const filter = queueFilterOf(params);
  const pages = useAddressPages(JSON.stringify(filter));
  const query = { ...queueQueryOf(filter), ...pages.query };
  const filings = useAnswer('listReviewQueue', { query }, { refreshMs: 15_000, keepPrevious: true });
  const counts = useQueueCounts(filter);
  const columns = useColumns(filter);
  const { claimNext, isPending } = useClaimNext(filter);
  return (
    <Page
      title={t.review.title}
      lead={t.review.lead}
      topic="page:review"
      actions={
        <>
          <Link to="/statistics">
            <Button>{t.review.statistics}</Button>
          </Link>
          <Button type="primary" loading={isPending} onClick={claimNext}>
            {t.review.next} <kbd aria-hidden="true">N</kbd>
          </Button>
        </>
      }
    >
      <QueueKeys onNext={claimNext} />
      <QueueFilterBar
        filter={filter}
        counts={counts.others}
        onChange={(change) => setParams(queueParams(filter, change), { replace: true })}
        onClear={() => setParams(queueParams(queueFilterOf(new URLSearchParams()), { order: filter.order }))}
      />
      <Panel flush>
        <Loaded query={filings}>
          {(answer) => (
            <Listing
              label={t.review.title}
              rows={answer.filings}
              rowKey={(row) => row.id}
              columns={columns}
              fits
              empty={<NothingToReview filter={filter} />}
              total={counts.total}
              pages={pages}
              next={answer.next}
            />
          )}
        </Loaded>
      </Panel>
    </Page>
  );
}

/** How many there are, and how many of each if province, type, nature or holder were chosen otherwise. */
function useQueueCounts(filter: QueueFilter) {
  const whole = { ...filter, province: null, kind: null, nature: null, holder: null };
  const refresh = { refreshMs: 15_000, keepPrevious: true };
  const own = useAnswer('countReviewQueue', { query: narrowingOf(filter) }, refresh);
  const others = useAnswer('countReviewQueue', { query: narrowingOf(whole) }, refresh);
  return { total: own.data?.total ?? null, others: others.data };
}

function QueueKeys({ onNext }: { readonly onNext: () => void }) {
  const { t } = useText(reviewWords);
  return (
    <Shortcuts
      shortcuts={[
        { keys: ['n'], label: t.review.next, run: onNext },
        { keys: ['j', 'arrowdown'], label: t.review.keys.down, run: () => moveFocus('[data-row]', 1) },
        { keys: ['k', 'arrowup'], label: t.review.keys.up, run: () => moveFocus('[data-row]', -1) },
        { keys: ['/'], label: t.review.keys.search, run: () => document.getElementById('queue-search')?.focus() },
      ]}
    />
  );
}

function NothingToReview({ filter }: { readonly filter: QueueFilter }) {
  const { t } = useText(reviewWords);
  const narrowed = Object.keys(queueParams(filter, { order: 'due', claim: 'all' })).length > 0;
  if (narrowed) return <Empty title={t.review.noneFound} />;
  if (filter.claim === 'mine') return <Empty title={t.review.noneMine} />;
  if (filter.claim === 'unclaimed') return <Empty title={t.review.noneUnclaimed} />;
  return <Empty title={t.review.empty} hint={t.review.emptyHint} />;
}

function useColumns(filter: QueueFilter): Column<Filing>[] {
  const { t, pick, word } = useText(filingWords, resourceWords, reviewWords);
  const pageOf = (row: Filing) => reviewPath(row.id, filter);
  const { account, dueAt } = useFilingColumns(pageOf);
  return [
    {
      key: 'domainName',
      label: t.filing.domainName,
      onCard: 'title',
      render: (row) => (
        <div>
          <Link to={pageOf(row)} data-row={row.id}>
            <strong className="wrap">{row.domainName || row.subjectNumber}</strong>
          </Link>
          <div className="faint">{pick(row.kindText)}</div>
        </div>
      ),
    },
    { ...dueAt, onCard: 'state' },
    { key: 'marks', label: t.review.standing, render: (row) => (hasMarks(row) ? <ReviewMarks filing={row} /> : null) },
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
