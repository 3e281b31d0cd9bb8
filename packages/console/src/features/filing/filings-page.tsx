import { PlusOutlined } from '@ant-design/icons';
import { filingStates, openFilingStates } from '@openbeian/model/filing';
import { findProvince } from '@openbeian/model/province';
import { Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { type AnswerOf, call, type InputOf } from '../../api/client.ts';
import type { Filing } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { later } from '../../parts/later.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { ReadPage } from '../../parts/read-all.ts';
import { WriteButton } from '../../parts/write-button.tsx';
import { useSession } from '../session/session-context.tsx';
import { useFilingColumns } from './filing-columns.tsx';
import { type FilingFilter, filingFilterOf, filingParams, filingQueryOf, isNarrowed } from './filing-filter.ts';
import { FilingFilterBar } from './filing-filter-bar.tsx';
import { FilingState, Owner } from './filing-state.tsx';
import { filingWords } from './words.ts';

const ReopenLapsedDialog = later(async () => (await import('./reopen-dialog.tsx')).ReopenLapsedDialog);

export function FilingsPage() {
  const { t } = useText(filingWords);
  const { role } = useSession();
  const [params, setParams] = useSearchParams();
  const filter = filingFilterOf(params);
  const query = filingQueryOf(filter);
  const pages = useAddressPages(JSON.stringify(query));
  const filings = useAnswer(
    'listFilings',
    { query: { ...query, ...pages.query } },
    { refreshMs: 30_000, keepPrevious: true },
  );
  const counts = useAnswer('countFilings', { query: {} }, { refreshMs: 30_000 });
  const all = counts.data;
  const isEmpty = all?.total === 0;
  const total = all === undefined || isNarrowed(filter) ? null : totalOf(all, filter.state);
  const clear = () => setParams({}, { replace: true });
  const columns = useColumns(role !== 'customer');
  return (
    <Page
      title={role === 'customer' ? t.filing.mine : t.filing.title}
      lead={t.filing.lead}
      topic="page:filings"
      actions={<Actions mayStart={!isEmpty} />}
    >
      <Loaded query={filings}>
        {(answer) => (
          <>
            {!isEmpty && (
              <FilingFilterBar
                filter={filter}
                onChange={(change) => setParams(filingParams(filter, change), { replace: true })}
                onClear={clear}
              />
            )}
            <Panel flush>
              <Listing
                name="filings"
                fits
                label={t.filing.title}
                exported={readFilings(query)}
                rows={answer.filings}
                rowKey={(row) => row.id}
                columns={columns}
                empty={isEmpty ? <NoFilings /> : <NoMatch onClear={clear} />}
                total={total}
                pages={pages}
                next={answer.next}
              />
            </Panel>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function totalOf({ total, states }: AnswerOf<'countFilings'>, state: FilingFilter['state']): number {
  if (state === null) return total;
  const counted = state === 'open' ? openFilingStates : [state];
  return counted.reduce((sum, one) => sum + (states[one] ?? 0), 0);
}

/** All that the filter finds, page after page. */
const readFilings =
  (query: NonNullable<InputOf<'listFilings'>['query']>): ReadPage<Filing> =>
  async (after) => {
    const { filings, next } = await call('listFilings', {
      query: { ...query, limit: 500, ...(after ? { after } : {}) },
    });
    return { rows: filings, next };
  };

function Actions({ mayStart }: { readonly mayStart: boolean }) {
  const { t } = useText(filingWords);
  const { role } = useSession();
  const [isReopening, setReopening] = useState(false);
  return (
    <>
      {role === 'customer' && mayStart && <StartButton />}
      {role === 'operator' && <Button onClick={() => setReopening(true)}>{t.filing.reopenMany}</Button>}
      {isReopening && <ReopenLapsedDialog onClose={() => setReopening(false)} />}
    </>
  );
}

function StartButton() {
  const { t } = useText(filingWords);
  return (
    <WriteButton type="primary" icon={<PlusOutlined />} to="/filings/new">
      {t.filing.start}
    </WriteButton>
  );
}

function NoMatch({ onClear }: { readonly onClear: () => void }) {
  const { t } = useText(filingWords);
  return <Empty title={t.filing.noMatch} action={<Button onClick={onClear}>{t.list.clearFilter}</Button>} />;
}

function NoFilings() {
  const { t } = useText(filingWords);
  const { role } = useSession();
  return (
    <Empty
      title={t.filing.empty}
      hint={role === 'customer' && t.filing.emptyHint}
      action={role === 'customer' && <StartButton />}
    />
  );
}

function useColumns(withAccount: boolean): Column<Filing>[] {
  const { t, pick } = useText(filingWords);
  const { domainName, account, dueAt, updatedAt, startedAt, kind } = useFilingColumns((row) => `/filings/${row.id}`);
  return [
    {
      key: 'id',
      label: t.app.id,
      isExtra: true,
      render: (row) => <span className="mono">{row.id}</span>,
      text: (row) => row.id,
    },
    domainName,
    kind,
    {
      key: 'state',
      label: t.filing.state,
      onCard: 'state',
      render: (row) => <FilingState filing={row} />,
      text: (row) => pick(filingStates[row.state]),
    },
    ...(withAccount ? [account] : []),
    { key: 'owner', label: t.filing.owner, render: (row) => <Owner filing={row} /> },
    {
      key: 'province',
      label: t.filing.province,
      isExtra: true,
      render: (row) => pick(findProvince(row.provinceCode)),
      text: (row) => pick(findProvince(row.provinceCode)),
    },
    dueAt,
    {
      key: 'number',
      label: t.filing.number,
      render: (row) => <span className="number">{row.serviceNumber ?? row.subjectNumber ?? '—'}</span>,
      text: (row) => row.serviceNumber ?? row.subjectNumber,
    },
    startedAt,
    updatedAt,
  ];
}
