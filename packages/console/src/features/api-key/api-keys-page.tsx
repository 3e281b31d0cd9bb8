import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { call, type InputOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { AccountName } from '../../parts/account-name.tsx';
import { NarrowBy, useAddressChoice } from '../../parts/address-choice.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import type { ReadPage } from '../../parts/read-all.ts';
import { State, type Tone } from '../../parts/state.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { useSession } from '../session/session-context.tsx';
import type { ApiKey } from './api-key.ts';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import { RotateKeyDialog } from './rotate-key-dialog.tsx';
import { apiKeyWords } from './words.ts';

const tones: Readonly<Record<ApiKey['state'], Tone>> = { active: 'good', expired: 'warn', revoked: 'quiet' };
const states = ['active', 'expired', 'revoked'] as const;

/** All that is found, page after page. */
const readKeys =
  (narrowed: InputOf<'listApiKeys'>['query']): ReadPage<ApiKey> =>
  async (after) => {
    const query = { ...narrowed, limit: 500, ...(after ? { after } : {}) };
    const { apiKeys, next } = await call('listApiKeys', { query });
    return { rows: apiKeys, next };
  };

/** Keys with which an account's own programs call the API. */
export function ApiKeysPage() {
  const { t } = useText(apiKeyWords);
  const { role } = useSession();
  const [state, setState] = useAddressChoice('state', states);
  const narrowed = state && { state };
  const pages = useAddressPages(JSON.stringify(narrowed));
  const keys = useAnswer('listApiKeys', { query: { ...narrowed, ...pages.query } }, { keepPrevious: true });
  const [dialog, setDialog] = useState<'create' | ApiKey | null>(null);
  const columns = useColumns(setDialog);
  const isOwn = role === 'customer';
  const create = isOwn && (
    <WriteButton type="primary" icon={<PlusOutlined />} onClick={() => setDialog('create')}>
      {t.apiKey.create}
    </WriteButton>
  );
  return (
    <Page
      title={t.apiKey.title}
      topic="page:api-keys"
      lead={isOwn ? t.apiKey.lead : t.apiKey.staffLead}
      actions={(keys.data?.apiKeys.length !== 0 || state !== undefined) && create}
    >
      <div className="bar filters">
        <NarrowBy
          label={t.apiKey.state}
          values={states}
          textOf={(value) => t.apiKey.states[value]}
          chosen={state}
          onChange={setState}
        />
      </div>
      <Panel flush>
        <Loaded query={keys}>
          {({ apiKeys, next }) => (
            <Listing
              name="api-keys"
              exported={readKeys(narrowed)}
              label={t.apiKey.title}
              rows={apiKeys}
              rowKey={(row) => row.id}
              columns={columns}
              empty={state === undefined ? <NoKeys action={create} /> : <NoMatch onClear={() => setState(undefined)} />}
              pages={pages}
              next={next}
            />
          )}
        </Loaded>
      </Panel>
      {dialog === 'create' && <CreateKeyDialog onClose={() => setDialog(null)} />}
      {dialog !== null && dialog !== 'create' && <RotateKeyDialog apiKey={dialog} onClose={() => setDialog(null)} />}
    </Page>
  );
}

function NoKeys({ action }: { readonly action: ReactNode }) {
  const { t } = useText(apiKeyWords);
  const isOwn = useSession().role === 'customer';
  return <Empty title={t.apiKey.empty} hint={isOwn ? t.apiKey.emptyHint : t.apiKey.staffEmptyHint} action={action} />;
}

function NoMatch({ onClear }: { readonly onClear: () => void }) {
  const { t } = useText(apiKeyWords);
  return <Empty title={t.apiKey.noMatch} action={<Button onClick={onClear}>{t.list.clearFilter}</Button>} />;
}

function useColumns(onRotate: (key: ApiKey) => void): Column<ApiKey>[] {
  const { t, word, instant } = useText(apiKeyWords);
  const { role } = useSession();
  const scopesOf = (row: ApiKey) => row.scopes.map((scope) => word(t.apiKey.scope, scope)).join(t.app.comma);
  const account: Column<ApiKey> = {
    key: 'account',
    label: t.access.account,
    render: (row) => <AccountName id={row.accountId} />,
    text: (row) => row.accountId,
  };
  return [
    {
      key: 'name',
      label: t.apiKey.name,
      onCard: 'title',
      render: (row) => <KeyName apiKey={row} />,
      text: (row) => `${row.name} (${row.id})`,
    },
    {
      key: 'state',
      label: t.apiKey.state,
      onCard: 'state',
      render: (row) => <State tone={tones[row.state]}>{t.apiKey.states[row.state]}</State>,
      text: (row) => t.apiKey.states[row.state],
    },
    ...(role === 'customer' ? [] : [account]),
    {
      key: 'scopes',
      label: t.apiKey.scopes,
      render: (row) => <span className="words">{scopesOf(row)}</span>,
      text: scopesOf,
    },
    {
      key: 'lastUsedAt',
      label: t.apiKey.lastUsedAt,
      render: (row) => (
        <span className="number">{row.lastUsedAt === null ? t.apiKey.neverUsed : instant(row.lastUsedAt)}</span>
      ),
      text: (row) => row.lastUsedAt,
    },
    {
      key: 'expiresAt',
      label: t.apiKey.expiresAt,
      render: (row) => (
        <div>
          <span className="number">{row.expiresAt === null ? t.apiKey.never : instant(row.expiresAt)}</span>
          {row.earlierUntil && <div className="faint">{t.access.previousUntil(instant(row.earlierUntil))}</div>}
        </div>
      ),
      text: (row) => row.expiresAt,
    },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (row) => role !== 'auditor' && row.state === 'active' && <KeyButtons apiKey={row} onRotate={onRotate} />,
    },
  ];
}

function KeyButtons({ apiKey, onRotate }: { readonly apiKey: ApiKey; readonly onRotate: (key: ApiKey) => void }) {
  const { t } = useText(apiKeyWords);
  const { role } = useSession();
  const revoke = useCommand('revokeApiKey');
  return (
    <>
      <div className="row" style={{ flexWrap: 'nowrap', gap: 4 }}>
        {role === 'customer' && (
          <WriteButton size="small" onClick={() => onRotate(apiKey)}>
            {t.access.rotate}
          </WriteButton>
        )}
        <ConfirmButton
          title={t.apiKey.revokeTitle}
          lead={t.apiKey.revokeLead(apiKey.name)}
          pending={revoke.isPending}
          onConfirm={() => revoke.mutateAsync({ params: { keyId: apiKey.id }, body: {} })}
        >
          {t.apiKey.revoke}
        </ConfirmButton>
      </div>
      <ProblemAlert error={revoke.error} />
    </>
  );
}

function KeyName({ apiKey }: { readonly apiKey: ApiKey }) {
  const { t, instant } = useText(apiKeyWords);
  return (
    <div>
      <strong className="wrap">{apiKey.name}</strong>
      <div className="faint mono clip" title={apiKey.id}>
        {apiKey.id}
      </div>
      <div className="faint number">{t.apiKey.createdOn(instant(apiKey.createdAt))}</div>
    </div>
  );
}
