import { apiScopes } from '@openbeian/contract';
import { Checkbox, Form, Input, Select } from 'antd';
import type { InputOf } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { apiKeyWords } from './words.ts';

interface NewKey {
  readonly name: string;
  readonly scopes: InputOf<'createApiKey'>['body']['scopes'];
  readonly lifetime: string;
}

/** Makes a key, and shows it this once. */
export function CreateKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText(apiKeyWords);
  const create = useCommand('createApiKey');
  if (create.data) {
    return (
      <ShownOnce title={t.apiKey.createdTitle} hint={t.apiKey.once} secret={create.data.secret} onClose={onClose} />
    );
  }
  const send = ({ name, scopes, lifetime }: NewKey) =>
    create.mutate({
      body: {
        name: name.trim(),
        scopes,
        lifetimeDays: lifetime === 'never' ? null : Number(lifetime),
      },
    });
  return (
    <FormDialog<NewKey>
      title={t.apiKey.create}
      okText={t.apiKey.create}
      pending={create.isPending}
      error={create.error}
      initialValues={{ name: '', scopes: [], lifetime: '365' }}
      onSend={send}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t.apiKey.name}
        extra={t.apiKey.nameHint}
        rules={[{ required: true, whitespace: true, message: t.app.required }]}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="scopes"
        label={t.apiKey.scopes}
        // Said by hand: a rule with `required` puts aria-required on the group, where it is not allowed.
        rules={[
          {
            validator: (_, chosen: readonly string[]) =>
              chosen.length > 0 ? Promise.resolve() : Promise.reject(new Error(t.apiKey.scopesRequired)),
          },
        ]}
      >
        <Checkbox.Group options={apiScopes.map((scope) => ({ value: scope, label: t.apiKey.scope[scope] }))} />
      </Form.Item>
      <Form.Item name="lifetime" label={t.apiKey.lifetime}>
        <Select
          style={{ width: 200 }}
          options={Object.entries(t.apiKey.lifetimes).map(([value, label]) => ({ value, label }))}
        />
      </Form.Item>
    </FormDialog>
  );
}
