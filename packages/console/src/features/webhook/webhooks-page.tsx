import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { apiKeyWords } from '../api-key/words.ts';
import { useSession } from '../session/session-context.tsx';
import { CreateWebhookDialog } from './webhook-dialog.tsx';
import { EventTypes, type Webhook, WebhookState } from './webhook-state.tsx';
import { webhookWords } from './words.ts';

/** Addresses to which events about codes are sent. */
export function WebhooksPage() {
  const { t } = useText(webhookWords);
  const { role } = useSession();
  const pages = useAddressPages();
  const webhooks = useAnswer('listWebhooks', { query: pages.query }, { refreshMs: 30_000 });
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
      actions={webhooks.data?.webhooks.length !== 0 && create}
    >
      <Panel flush>
        <Loaded query={webhooks}>
          {(answer) => (
            <Listing
              name="webhooks"
              label={t.webhook.title}
              rows={answer.webhooks}
              rowKey={(row) => row.id}
              columns={columns}
              empty={<Empty title={t.webhook.empty} hint={t.webhook.emptyHint} action={create} />}
              total={counts.data?.total ?? null}
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

function useColumns(withAccount: boolean): Column<Webhook>[] {
  const { t, instant } = useText(apiKeyWords, webhookWords);
  const account: Column<Webhook> = {
    key: 'account',
    label: t.access.account,
    render: (row) =>
      row.accountId === null ? (
        <span className="faint">{t.access.provider}</span>
      ) : (
        <span className="mono">{row.accountId}</span>
      ),
  };
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
    },
    { key: 'state', label: t.webhook.state, onCard: 'state', render: (row) => <WebhookState webhook={row} /> },
    ...(withAccount ? [account] : []),
    { key: 'types', label: t.webhook.types, render: (row) => <EventTypes types={row.types} /> },
    { key: 'waiting', label: t.webhook.waiting, render: (row) => <span className="number">{row.waiting}</span> },
    {
      key: 'createdAt',
      label: t.apiKey.createdAt,
      render: (row) => <span className="number">{instant(row.createdAt)}</span>,
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
