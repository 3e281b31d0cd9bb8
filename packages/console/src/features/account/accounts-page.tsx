import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import type { Account } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import type { ReadPage } from '../../parts/read-all.ts';
import { useAddressText } from '../../parts/use-address-text.ts';
import { filingWords } from '../filing/words.ts';
import { resourceWords } from '../resource/words.ts';
import { useSession } from '../session/session-context.tsx';
import { SupportDialog, SupportHistoryButton } from '../support/support-dialog.tsx';
import { supportWords } from '../support/words.ts';
import { accountWords } from './words.ts';

export function AccountsPage() {
  const { t } = useText(accountWords);
  const [search, setSearch] = useAddressText('search');
  const wanted = search.trim();
  const filter = wanted === '' ? {} : { search: wanted };
  const pages = useAddressPages(wanted);
  const accounts = useAnswer('listAccounts', { query: { ...filter, ...pages.query } }, { keepPrevious: true });
  const counts = useAnswer('countAccounts', { query: filter }, { keepPrevious: true });
  const [supported, setSupported] = useState<string | null>(null);
  const columns = useColumns(setSupported);
  return (
    <Page title={t.account.title} lead={t.account.lead} topic="page:accounts">
      <Loaded query={accounts}>
        {(answer) => (
          <>
            {(answer.accounts.length > 0 || wanted !== '') && (
              <div className="bar">
                <Input
                  allowClear
                  value={search}
                  maxLength={200}
                  onChange={(event) => setSearch(event.target.value)}
                  placeholder={t.account.filter}
                  aria-label={t.account.filter}
                  style={{ width: 280, maxWidth: '100%' }}
                />
              </div>
            )}
            <Panel flush>
              <Listing
                exported={readAccounts(filter)}
                name="accounts"
                label={t.account.title}
                rows={answer.accounts}
                rowKey={(row) => row.id}
                columns={columns}
                empty={<Empty title={t.account.empty} hint={t.account.emptyHint} />}
                total={counts.data?.total ?? null}
                pages={pages}
                next={answer.next}
              />
            </Panel>
          </>
        )}
      </Loaded>
      {supported !== null && <SupportDialog accountId={supported} onClose={() => setSupported(null)} />}
    </Page>
  );
}

/** Allows the account to file for other organisers, or no longer. */
function AgencyButton({ account }: { readonly account: Account }) {
  const { t } = useText(accountWords);
  const set = useCommand('setAccountAgency');
  const { id, displayName, mayFileForOthers } = account;
  const name = displayName || id;
  return (
    <>
      <ConfirmButton
        title={mayFileForOthers ? t.account.endAgencyTitle(name) : t.account.allowAgencyTitle(name)}
        lead={mayFileForOthers ? t.account.endAgencyLead : t.account.allowAgencyLead}
        danger={mayFileForOthers}
        pending={set.isPending}
        onConfirm={() => set.mutateAsync({ params: { accountId: id }, body: { mayFileForOthers: !mayFileForOthers } })}
      >
        {mayFileForOthers ? t.account.endAgency : t.account.allowAgency}
      </ConfirmButton>
      <ProblemAlert error={set.error} />
    </>
  );
}

/** All that the search finds, page after page. */
const readAccounts =
  (filter: { readonly search?: string }): ReadPage<Account> =>
  async (after) => {
    const query = { ...filter, limit: 500, ...(after ? { after } : {}) };
    const { accounts, next } = await call('listAccounts', { query });
    return { rows: accounts, next };
  };

function useColumns(onSupport: (accountId: string) => void): Column<Account>[] {
  const { t, word } = useText(accountWords, filingWords, resourceWords, supportWords);
  const { role } = useSession();
  return [
    {
      key: 'name',
      label: t.account.name,
      onCard: 'title',
      text: (row) => row.displayName,
      render: (row) => (
        <div>
          <strong>{row.displayName || row.id}</strong>
          <div className="faint mono">{row.id}</div>
        </div>
      ),
    },
    {
      key: 'id',
      label: t.app.id,
      isExtra: true,
      render: (row) => <span className="mono">{row.id}</span>,
      text: (row) => row.id,
    },
    {
      key: 'realName',
      label: t.account.realName,
      render: (row) => word(t.factValue, row.realName),
      text: (row) => word(t.factValue, row.realName),
    },
    {
      key: 'agency',
      label: t.account.agency,
      render: (row) =>
        row.mayFileForOthers ? t.account.agencyYes : <span className="faint">{t.account.agencyNo}</span>,
      text: (row) => (row.mayFileForOthers ? t.account.agencyYes : t.account.agencyNo),
    },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (row) => (
        <div className="row" style={{ gap: 4 }}>
          <Link
            to={`/resources?account=${encodeURIComponent(row.id)}`}
            style={{ padding: '0 7px', lineHeight: '24px' }}
          >
            {t.filing.viewResource}
          </Link>
          {role === 'operator' && <AgencyButton account={row} />}
          {role === 'operator' && (
            <Button size="small" type="link" onClick={() => onSupport(row.id)}>
              {t.support.title}
            </Button>
          )}
          {role !== 'reviewer' && <SupportHistoryButton accountId={row.id}>{t.support.history}</SupportHistoryButton>}
        </div>
      ),
    },
  ];
}
