import { webhookTypes } from '@openbeian/contract';
import { Form, Input, Select } from 'antd';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { RotateDialog } from '../../parts/rotate-dialog.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';
import type { Webhook } from './webhook-state.tsx';
import { webhookWords } from './words.ts';

interface WebhookForm {
  readonly url: string;
  readonly types: Webhook['types'];
  readonly description: string;
}

function WebhookFields() {
  const { t } = useText(webhookWords);
  return (
    <>
      <Form.Item
        name="url"
        label={t.webhook.url}
        extra={t.webhook.urlHint}
        rules={[{ required: true, whitespace: true, message: t.app.required }]}
      >
        <Input type="url" maxLength={2000} autoComplete="off" placeholder="https://example.cn/hooks/beian" />
      </Form.Item>
      <Form.Item name="types" label={t.webhook.types} extra={t.webhook.typesHint}>
        <Select
          mode="multiple"
          placeholder={t.webhook.allTypes}
          options={webhookTypes.map((type) => ({ value: type, label: t.webhook.type[type] }))}
        />
      </Form.Item>
      <Form.Item name="description" label={`${t.webhook.description} (${t.app.optional})`}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
    </>
  );
}

const bodyOf = ({ url, types, description }: WebhookForm) => ({
  url: url.trim(),
  types,
  description: description.trim(),
});

/** Registers an address, and shows its signing key this once. */
export function CreateWebhookDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText(webhookWords);
  const create = useCommand('createWebhook');
  if (create.data) {
    return (
      <ShownOnce title={t.webhook.createdTitle} hint={t.webhook.once} secret={create.data.secret} onClose={onClose} />
    );
  }
  return (
    <FormDialog<WebhookForm>
      title={t.webhook.create}
      okText={t.webhook.create}
      pending={create.isPending}
      error={create.error}
      initialValues={{ url: '', types: [], description: '' }}
      onSend={(values) => create.mutate({ body: bodyOf(values) })}
      onClose={onClose}
    >
      <WebhookFields />
    </FormDialog>
  );
}

interface WebhookDialogProps {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

/** Changes where events are sent, and which. */
export function EditWebhookDialog({ webhook, onClose }: WebhookDialogProps) {
  const { t } = useText(webhookWords);
  const update = useCommand('updateWebhook');
  const { id, version, url, types, description } = webhook;
  return (
    <FormDialog<WebhookForm>
      title={t.webhook.edit}
      okText={t.app.save}
      pending={update.isPending}
      error={update.error}
      initialValues={{ url, types, description }}
      onSend={(values) =>
        update.mutate({ params: { webhookId: id }, body: { version, ...bodyOf(values) } }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <WebhookFields />
    </FormDialog>
  );
}

/** Replaces the signing key, and shows the new one this once. */
export function RotateSecretDialog({ webhook, onClose }: WebhookDialogProps) {
  const { t } = useText(webhookWords);
  const rotate = useCommand('rotateWebhookSecret');
  return (
    <RotateDialog
      title={t.webhook.rotateTitle}
      lead={t.webhook.rotateLead}
      doneTitle={t.webhook.rotatedTitle}
      once={t.webhook.once}
      rotation={rotate}
      onRotate={(overlapHours) => rotate.mutate({ params: { webhookId: webhook.id }, body: { overlapHours } })}
      onClose={onClose}
    />
  );
}
