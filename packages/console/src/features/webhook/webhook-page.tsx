import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useMessage } from '../../parts/message.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { apiKeyWords } from '../api-key/words.ts';
import { useSession } from '../session/session-context.tsx';
import { DeliveryList } from './delivery-list.tsx';
import { EditWebhookDialog, RotateSecretDialog } from './webhook-dialog.tsx';
import { EventTypes, type Webhook, WebhookState } from './webhook-state.tsx';
import { webhookWords } from './words.ts';

/** One address: how it does, what may be done with it, and everything that was sent there. */
export function WebhookPage() {
  const { t } = useText(webhookWords);
  const webhookId = useParams().webhookId ?? '';
  const webhook = useAnswer('getWebhook', { params: { webhookId } }, { refreshMs: 15_000 });
  return (
    <Page
      title={t.webhook.deliveries}
      topic="page:webhooks"
      lead={t.webhook.deliveriesLead}
      crumbs={[{ to: '/webhooks', label: t.webhook.title }]}
    >
      <Loaded query={webhook}>
        {(shown) => (
          <>
            <WebhookPanel webhook={shown} />
            <DeliveryList webhook={shown} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function WebhookPanel({ webhook }: { readonly webhook: Webhook }) {
  const { t, instant } = useText(apiKeyWords, webhookWords);
  const { role } = useSession();
  return (
    <Panel
      title={<span className="wrap">{webhook.url}</span>}
      actions={role !== 'auditor' && <WebhookButtons webhook={webhook} />}
    >
      <dl className="facts">
        <div>
          <dt>{t.webhook.state}</dt>
          <dd>
            <WebhookState webhook={webhook} />
          </dd>
        </div>
        <div>
          <dt>{t.webhook.types}</dt>
          <dd>
            <EventTypes types={webhook.types} />
          </dd>
        </div>
        <div>
          <dt>{t.webhook.waiting}</dt>
          <dd className="number">{webhook.waiting}</dd>
        </div>
        <div>
          <dt>{t.apiKey.createdAt}</dt>
          <dd className="number">{instant(webhook.createdAt)}</dd>
        </div>
        {webhook.description && (
          <div>
            <dt>{t.webhook.description}</dt>
            <dd className="wrap">{webhook.description}</dd>
          </div>
        )}
      </dl>
      {webhook.previousSecretUntil && (
        <p className="faint">{t.access.previousUntil(instant(webhook.previousSecretUntil))}</p>
      )}
    </Panel>
  );
}

function WebhookButtons({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useText(webhookWords);
  const message = useMessage();
  const [dialog, setDialog] = useState<'edit' | 'rotate' | null>(null);
  const test = useCommand('sendTestEvent');
  const update = useCommand('updateWebhook');
  const params = { webhookId: webhook.id };
  const isActive = webhook.state === 'active';
  // Others see its host only, and may pause it.
  const isOwn = webhook.accountId === useSession().accountId;
  const setState = (state: Webhook['state']) => update.mutate({ params, body: { version: webhook.version, state } });
  return (
    <>
      {isActive && isOwn && (
        <WriteButton
          size="small"
          loading={test.isPending}
          onClick={() => test.mutate({ params, body: {} }, { onSuccess: () => message.success(t.webhook.testSent) })}
        >
          {t.webhook.test}
        </WriteButton>
      )}
      {(isActive || isOwn) && (
        <WriteButton
          size="small"
          type={isActive ? 'default' : 'primary'}
          loading={update.isPending}
          onClick={() => setState(isActive ? 'paused' : 'active')}
        >
          {isActive ? t.webhook.pause : t.webhook.resume}
        </WriteButton>
      )}
      {isOwn &&
        (['edit', 'rotate'] as const).map((one) => (
          <WriteButton key={one} size="small" type="text" onClick={() => setDialog(one)}>
            {one === 'edit' ? t.webhook.edit : t.webhook.rotateTitle}
          </WriteButton>
        ))}
      {isOwn && <RemoveButton webhook={webhook} />}
      <ProblemAlert error={test.error ?? update.error} />
      {dialog === 'edit' && <EditWebhookDialog webhook={webhook} onClose={() => setDialog(null)} />}
      {dialog === 'rotate' && <RotateSecretDialog webhook={webhook} onClose={() => setDialog(null)} />}
    </>
  );
}

function RemoveButton({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useText(webhookWords);
  const navigate = useNavigate();
  const remove = useCommand('deleteWebhook');
  const removeIt = async () => {
    await remove.mutateAsync({ params: { webhookId: webhook.id } });
    await navigate('/webhooks', { replace: true });
  };
  return (
    <>
      <ConfirmButton
        title={t.webhook.removeTitle}
        lead={t.webhook.removeLead}
        pending={remove.isPending}
        onConfirm={removeIt}
      >
        {t.webhook.remove}
      </ConfirmButton>
      <ProblemAlert error={remove.error} />
    </>
  );
}
