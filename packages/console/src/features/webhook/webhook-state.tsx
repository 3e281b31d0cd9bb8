import type { AnswerOf } from '../../api/client.ts';
import { useText } from '../../language/language.tsx';
import { State } from '../../parts/state.tsx';
import { webhookWords } from './words.ts';

export type Webhook = AnswerOf<'listWebhooks'>['webhooks'][number];

/** Whether events are sent there, and what is wrong if not. */
export function WebhookState({ webhook }: { readonly webhook: Webhook }) {
  const { t, instant } = useText(webhookWords);
  const { state, failingSince, pausedBecause } = webhook;
  const failing = state === 'active' && failingSince !== null;
  return (
    <div>
      <State tone={failing ? 'warn' : state === 'active' ? 'good' : 'quiet'}>{t.webhook.states[state]}</State>
      {failing && <div className="faint">{t.webhook.failing(instant(failingSince))}</div>}
      {pausedBecause && <div className="faint">{t.webhook.pausedBecause[pausedBecause]}</div>}
    </div>
  );
}

/** Which events it is sent; none named means all. */
export function EventTypes({ types }: { readonly types: Webhook['types'] }) {
  const { t } = useText(webhookWords);
  if (types.length === 0) return t.webhook.allTypes;
  return <span className="words">{types.map((type) => t.webhook.type[type]).join(t.app.comma)}</span>;
}
