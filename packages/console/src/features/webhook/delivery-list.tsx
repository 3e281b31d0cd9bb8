import { Select } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useMessage } from '../../parts/message.tsx';
import { usePages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { State, type Tone } from '../../parts/state.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { useSession } from '../session/session-context.tsx';
import type { Webhook } from './webhook-state.tsx';
import { webhookWords } from './words.ts';

type Delivery = AnswerOf<'listDeliveries'>['deliveries'][number];

const tones: Readonly<Record<Delivery['state'], Tone>> = { waiting: 'info', delivered: 'good', dead: 'bad' };
/** Object.keys forgets which keys there are. */
const states = Object.keys(tones) as Delivery['state'][];

/** What was sent to one address, with its outcome, and again on request. */
export function DeliveryList({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useText(webhookWords);
  const [state, setState] = useState<Delivery['state'] | 'all'>('all');
  const pages = usePages();
  const query = {
    ...(state === 'all' ? {} : { state }),
    ...pages.query,
  };
  const deliveries = useAnswer('listDeliveries', { params: { webhookId: webhook.id }, query }, { refreshMs: 5000 });
  const columns = useColumns(webhook);
  return (
    <>
      <div className="bar">
        <Select<Delivery['state'] | 'all'>
          aria-label={t.webhook.deliveryFilter}
          value={state}
          onChange={(chosen) => {
            setState(chosen);
            pages.restart();
          }}
          style={{ width: 180 }}
          options={[
            { value: 'all', label: t.app.all },
            ...states.map((value) => ({
              value,
              label: t.webhook.deliveryStates[value],
            })),
          ]}
        />
      </div>
      <Panel flush>
        <Loaded query={deliveries}>
          {({ deliveries: rows, next }) => (
            <Listing
              label={t.webhook.deliveries}
              rows={rows}
              rowKey={(row) => row.id}
              columns={columns}
              empty={<Empty title={t.webhook.deliveriesEmpty} hint={t.webhook.deliveriesEmptyHint} />}
              pages={pages}
              next={next}
            />
          )}
        </Loaded>
      </Panel>
    </>
  );
}

function useColumns(webhook: Webhook): Column<Delivery>[] {
  const { t, word, instant } = useText(webhookWords);
  return [
    {
      key: 'event',
      label: t.webhook.event,
      onCard: 'title',
      render: (row) => (
        <div>
          <strong>{word(t.webhook.type, row.type)}</strong>
          <div className="faint mono clip" title={row.eventId}>
            {row.eventId}
          </div>
          <div className="faint number">{instant(row.createdAt)}</div>
        </div>
      ),
    },
    {
      key: 'state',
      label: t.webhook.state,
      onCard: 'state',
      render: (row) => <State tone={tones[row.state]}>{t.webhook.deliveryStates[row.state]}</State>,
    },
    {
      key: 'codeId',
      label: t.webhook.codeId,
      render: (row) => (
        <span className="mono clip" title={row.codeId ?? ''}>
          {row.codeId ?? '—'}
        </span>
      ),
    },
    { key: 'result', label: t.webhook.result, render: (row) => <DeliveryResult delivery={row} /> },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (row) => <DeliveryButtons webhook={webhook} delivery={row} />,
    },
  ];
}

/** How often it was tried, what came of it, and what was sent and answered to the letter. */
function DeliveryResult({ delivery }: { readonly delivery: Delivery }) {
  const { t, word, instant } = useText(webhookWords);
  const { attempts, lastStatus, lastError, lastExcerpt, nextAt, body } = delivery;
  return (
    <div className="words">
      <div>
        {lastError !== null && word(t.webhook.error, lastError)}
        {lastStatus !== null && <span className="number"> HTTP {lastStatus}</span>}
      </div>
      <div className="faint">
        {t.webhook.attempts} {attempts}
        {nextAt && ` · ${t.webhook.nextAt} ${instant(nextAt)}`}
      </div>
      <details>
        <summary className="faint">{t.webhook.body}</summary>
        <pre className="code">{body}</pre>
        {lastExcerpt && (
          <>
            <p className="faint">{t.webhook.answer}</p>
            <pre className="code">{lastExcerpt}</pre>
          </>
        )}
      </details>
    </div>
  );
}

interface DeliveryButtonsProps {
  readonly webhook: Webhook;
  readonly delivery: Delivery;
}

function DeliveryButtons({ webhook, delivery }: DeliveryButtonsProps) {
  const { t } = useText(webhookWords);
  const { role } = useSession();
  const message = useMessage();
  const redeliver = useCommand('redeliver');
  if (role === 'auditor' || webhook.state !== 'active') return null;
  const send = () =>
    redeliver.mutate(
      { params: { webhookId: webhook.id, deliveryId: delivery.id }, body: {} },
      { onSuccess: () => message.success(t.webhook.redelivered) },
    );
  return (
    <>
      <WriteButton size="small" loading={redeliver.isPending} onClick={send}>
        {t.webhook.redeliver}
      </WriteButton>
      <ProblemAlert error={redeliver.error} />
    </>
  );
}
