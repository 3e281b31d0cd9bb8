import { PlusOutlined } from '@ant-design/icons';
import { filingStates, openFilingStates, type FilingState as State } from '@openbeian/model/filing';
import { Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Filing } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { later } from '../../parts/later.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { useSession } from '../session/session-context.tsx';
import { useFilingColumns } from './filing-columns.tsx';
import { FilingState, Owner } from './filing-state.tsx';
import { filingWords } from './words.ts';

const ReopenLapsedDialog = later(async () => (await import('./reopen-dialog.tsx')).ReopenLapsedDialog);

/** Object.keys forgets which keys there are. */
const stateNames = Object.keys(filingStates) as State[];
type Shown = State | 'open' | 'all';

/** What the address asks for; all when it asks for nothing that there is. */
function shownOf(asked: string | null): Shown {
  if (asked === 'open') return 'open';
  return stateNames.find((state) => state === asked) ?? 'all';
}

export function FilingsPage() {
  const { t } = useText(filingWords);
  const { role } = useSession();
  const [params, setParams] = useSearchParams();
  const shown = shownOf(params.get('state'));
  const filter = shown === 'all' ? {} : shown === 'open' ? ({ group: 'open' } as const) : { state: shown };
  const pages = useAddressPages(shown);
  const filings = useAnswer('listFilings', { query: { ...filter, ...pages.query } }, { refreshMs: 30_000 });
  const counts = useAnswer('countFilings', { query: {} }, { refreshMs: 30_000 });
  const all = counts.data;
  const isEmpty = all?.total === 0;
  const open = openFilingStates.reduce((sum, state) => sum + (all?.states[state] ?? 0), 0);
  const total = shown === 'all' ? all?.total : shown === 'open' ? open : (all?.states[shown] ?? 0);
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
              <div className="bar">
                <StateFilter
                  shown={shown}
                  onChange={(state) => setParams(state === 'all' ? {} : { state }, { replace: true })}
                />
              </div>
            )}
            <Panel flush>
              <Listing
                label={t.filing.title}
                rows={answer.filings}
                rowKey={(row) => row.id}
                columns={columns}
                empty={
                  isEmpty || (shown === 'all' && answer.filings.length === 0) ? (
                    <NoFilings />
                  ) : (
                    <Empty title={t.filing.noMatch} />
                  )
                }
                total={all === undefined ? null : (total ?? null)}
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

interface StateFilterProps {
  readonly shown: Shown;
  readonly onChange: (shown: Shown) => void;
}

function StateFilter({ shown, onChange }: StateFilterProps) {
  const { t, pick } = useText(filingWords);
  return (
    <Choice<Shown>
      label={t.filing.stateFilter}
      value={shown}
      onChange={onChange}
      width={240}
      options={[
        { value: 'all', label: t.app.all },
        { value: 'open', label: t.filing.openOnly },
        ...stateNames.map((value) => ({ value, label: pick(filingStates[value]) })),
      ]}
    />
  );
}

function useColumns(withAccount: boolean): Column<Filing>[] {
  const { t } = useText(filingWords);
  const { domainName, account, dueAt, updatedAt } = useFilingColumns((row) => `/filings/${row.id}`);
  return [
    domainName,
    { key: 'state', label: t.filing.state, onCard: 'state', render: (row) => <FilingState filing={row} /> },
    ...(withAccount ? [account] : []),
    { key: 'owner', label: t.filing.owner, render: (row) => <Owner filing={row} /> },
    dueAt,
    {
      key: 'number',
      label: t.filing.number,
      render: (row) => <span className="number">{row.serviceNumber ?? row.subjectNumber ?? '—'}</span>,
    },
    updatedAt,
  ];
}
