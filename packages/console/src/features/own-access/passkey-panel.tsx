import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { useQuestion } from '../../api/use-question.ts';
import { useText } from '../../language/language.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { hasPasskeys, isAtAddress, makePasskey } from '../../parts/web-authn.ts';
import { sessionKey } from '../session/session-query.ts';
import { ownAccessWords } from './words.ts';

export function PasskeyPanel({ own }: { readonly own: AnswerOf<'getOwnAccess'> }) {
  const { t, instant } = useText(ownAccessWords);
  const cache = useQueryClient();
  const begin = useQuestion('beginPasskey');
  const add = useCommand('addPasskey');
  const remove = useCommand('removePasskey');
  const [form] = Form.useForm<{ name: string }>();
  const [brokenOff, setBrokenOff] = useState(false);
  const send = async ({ name }: { readonly name: string }) => {
    setBrokenOff(false);
    const begun = await begin.mutateAsync({ body: {} }).catch(() => null);
    if (begun === null) return;
    const response = await makePasskey(begun.options).catch(() => null);
    if (response === null) return setBrokenOff(true);
    const onSuccess = () => {
      form.resetFields();
      void cache.invalidateQueries({ queryKey: sessionKey });
    };
    add.mutate({ body: { name: name.trim(), response } }, { onSuccess });
  };
  return (
    <Panel title={t.own.passkeys}>
      {own.passkeys.length === 0 && <p className="soft">{t.own.passkeyNone}</p>}
      <ul className="stack" style={{ marginBottom: 14 }}>
        {own.passkeys.map(({ id, name, madeAt }) => (
          <li key={id} className="row">
            <strong>{name}</strong>
            <span className="faint number">{instant(madeAt)}</span>
            <ConfirmButton
              title={t.own.removeTitle}
              lead={t.own.removeLead}
              pending={remove.isPending}
              onConfirm={() => remove.mutateAsync({ params: { passkeyId: id }, body: {} })}
            >
              {t.own.remove}
            </ConfirmButton>
          </li>
        ))}
      </ul>
      {isAtAddress() && <p className="soft">{t.own.passkeyAtAddress}</p>}
      {hasPasskeys() && (
        <Form<{ name: string }> form={form} layout="inline" onFinish={(values) => void send(values)}>
          <Form.Item
            name="name"
            label={t.own.passkeyName}
            rules={[{ required: true, whitespace: true, message: t.app.required }]}
          >
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
          <Button htmlType="submit" loading={begin.isPending || add.isPending}>
            {t.own.passkeyAdd}
          </Button>
        </Form>
      )}
      {brokenOff && <p role="status">{t.own.passkeyBrokenOff}</p>}
      <ProblemAlert error={begin.error ?? add.error ?? remove.error} />
    </Panel>
  );
}
