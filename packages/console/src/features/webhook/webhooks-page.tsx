import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { call, type InputOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { AccountName } from '../../parts/account-name.tsx';
import { NarrowBy, useAddressChoice } from '../../parts/address-choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { ReadPage } from '../../parts/read-all.ts';
import { WriteButton } from '../../parts/write-button.tsx';
import { apiKeyWords } from '../api-key/words.ts';
import { useSession } from '../session/session-context.tsx';
import { CreateWebhookDialog } from './webhook-dialog.tsx';
import { EventTypes, type Webhook, WebhookState } from './webhook-state.tsx';
import { webhookWords } from './words.ts';

const states = ['active', 'paused'] as const;

/** All that is found, page after page. */
const readWebhooks =
  (narrowed: InputOf<'listWebhooks'>['query']): ReadPage<Webhook> =>
  async (after) => {
    const query = { ...narrowed, limit: 500, ...(after ? { after } : {}) };
    const page = await call('listWebhooks', { query });
    return { rows: page.webhooks, next: page.next };
  };

/** Addresses to which events about codes are sent. */
export function WebhooksPage() {
  const { t } = useText(webhookWords);
  const { role } = useSession();
  const [state, setState] = useAddressChoice('state', states);
  const narrowed = state && { state };
  const pages = useAddressPages(JSON.stringify(narrowed));
  const webhooks = useAnswer(
    'listWebhooks',
    { query: { ...narrowed, ...pages.query } },
    { refreshMs: 30_000, keepPrevious: true },
  );
  const counts = useAnswer('countWebhooks', {}, { refreshMs: 30_000 });
  const [creating, setCreating] = useState(false);
  const columns = useColumns(role !== 'customer');
  const create = role !== 'auditor' && (
    <WriteButton type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t.webhook.create}
    </WriteButton>
  );
  return (
    <Page
      title={t.webhook.title}
      lead={t.webhook.lead}
      topic="page:webhooks"
      actions={(webhooks.data?.webhooks.length !== 0 || state !== undefined) && create}
    >
      <StateBar />
      <Panel flush>
        <Loaded query={webhooks}>
          {(answer) => (
            <Listing
              name="webhooks"
              exported={readWebhooks(narrowed)}
              label={t.webhook.title}
              rows={answer.webhooks}
              rowKey={(row) => row.id}
              columns={columns}
              empty={
                state === undefined ? (
                  <Empty title={t.webhook.empty} hint={t.webhook.emptyHint} action={create} />
                ) : (
                  <NoMatch onClear={() => setState(undefined)} />
                )
              }
              total={state === undefined ? (counts.data?.total ?? null) : null}
              pages={pages}
              next={answer.next}
            />
          )}
        </Loaded>
      </Panel>
      {creating && <CreateWebhookDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

function StateBar() {
  const { t } = useText(webhookWords);
  const [state, setState] = useAddressChoice('state', states);
  return (
    <div className="bar filters">
      <NarrowBy
        label={t.webhook.state}
        values={states}
        textOf={(value) => t.webhook.states[value]}
        chosen={state}
        onChange={setState}
      />
    </div>
  );
}

function NoMatch({ onClear }: { readonly onClear: () => void }) {
  const { t } = useText(webhookWords);
  return <Empty title={t.webhook.noMatch} action={<Button onClick={onClear}>{t.list.clearFilter}</Button>} />;
}

function useColumns(withAccount: boolean): Column<Webhook>[] {
  const { t, instant } = useText(apiKeyWords, webhookWords);
  const account = useAccountColumn();
  return [
    {
      key: 'url',
      label: t.webhook.url,
      onCard: 'title',
      render: (row) => (
        <div className="words">
          <Link to={`/webhooks/${row.id}`} className="wrap">
            {row.url}
          </Link>
          {row.description && <div className="faint wrap">{row.description}</div>}
        </div>
      ),
      text: (row) => row.url,
    },
    {
      key: 'state',
      label: t.webhook.state,
      onCard: 'state',
      render: (row) => <WebhookState webhook={row} />,
      text: (row) => t.webhook.states[row.state],
    },
    ...(withAccount ? [account] : []),
    {
      key: 'types',
      label: t.webhook.types,
      render: (row) => <EventTypes types={row.types} />,
      text: (row) => (row.types.length === 0 ? t.app.all : row.types.join(' ')),
    },
    {
      key: 'waiting',
      label: t.webhook.waiting,
      render: (row) => <span className="number">{row.waiting}</span>,
      text: (row) => row.waiting,
    },
    {
      key: 'createdAt',
      label: t.apiKey.createdAt,
      render: (row) => <span className="number">{instant(row.createdAt)}</span>,
      text: (row) => row.createdAt,
    },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (row) => (
        <Link to={`/webhooks/${row.id}`}>
          <Button size="small">{t.webhook.deliveries}</Button>
        </Link>
      ),
    },
  ];
}

function useAccountColumn(): Column<Webhook> {
  const { t } = useText(apiKeyWords);
  return {
    key: 'account',
    label: t.access.account,
    render: (row) =>
      row.accountId === null ? <span className="faint">{t.access.provider}</span> : <AccountName id={row.accountId} />,
    text: (row) => row.accountId ?? t.access.provider,
  };
}
