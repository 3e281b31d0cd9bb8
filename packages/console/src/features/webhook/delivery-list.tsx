import { type AnswerOf, call } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { NarrowBy, useAddressChoice } from '../../parts/address-choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useMessage } from '../../parts/message.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
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
  const [state, setState] = useAddressChoice('state', states);
  const narrowed = state && { state };
  const pages = useAddressPages(JSON.stringify(narrowed));
  const params = { webhookId: webhook.id };
  const query = { ...narrowed, ...pages.query };
  const deliveries = useAnswer('listDeliveries', { params, query }, { refreshMs: 5000, keepPrevious: true });
  const columns = useColumns(webhook);
  return (
    <>
      <div className="bar filters">
        <NarrowBy
          label={t.webhook.deliveryFilter}
          values={states}
          textOf={(value) => t.webhook.deliveryStates[value]}
          chosen={state}
          onChange={setState}
        />
      </div>
      <Panel flush>
        <Loaded query={deliveries}>
          {({ deliveries: rows, next }) => (
            <Listing
              name="deliveries"
              exported={async (after) => {
                const page = await call('listDeliveries', {
                  params,
                  query: { ...narrowed, limit: 200, ...(after ? { after } : {}) },
                });
                return { rows: page.deliveries, next: page.next };
              }}
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
  const { t, word } = useText(webhookWords);
  const resultOf = ({ lastError, lastStatus, attempts }: Delivery) => {
    const error = lastError === null ? [] : [word(t.webhook.error, lastError)];
    const status = lastStatus === null ? [] : [`HTTP ${lastStatus}`];
    return [...error, ...status, `${t.webhook.attempts} ${attempts}`].join(' ');
  };
  return [
    ...useEventColumns(),
    {
      key: 'state',
      label: t.webhook.state,
      onCard: 'state',
      render: (row) => <State tone={tones[row.state]}>{t.webhook.deliveryStates[row.state]}</State>,
      text: (row) => t.webhook.deliveryStates[row.state],
    },
    {
      key: 'codeId',
      label: t.webhook.codeId,
      render: (row) => (
        <span className="mono clip" title={row.codeId ?? ''}>
          {row.codeId ?? '—'}
        </span>
      ),
      text: (row) => row.codeId,
    },
    {
      key: 'result',
      label: t.webhook.result,
      render: (row) => <DeliveryResult delivery={row} />,
      text: resultOf,
    },
    {
      key: 'actions',
      label: '',
      onCard: 'actions',
      render: (row) => <DeliveryButtons webhook={webhook} delivery={row} />,
    },
  ];
}

/** What was sent, and when it came to be. */
function useEventColumns(): Column<Delivery>[] {
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
      text: (row) => `${word(t.webhook.type, row.type)} (${row.eventId})`,
    },
    {
      key: 'createdAt',
      label: t.app.time,
      isExtra: true,
      render: (row) => <span className="number">{instant(row.createdAt)}</span>,
      text: (row) => row.createdAt,
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
