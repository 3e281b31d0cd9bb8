import { Button, Form, Input } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { useMessage } from '../../parts/message.tsx';
import { Panel } from '../../parts/panel.tsx';
import { PastedInput } from '../../parts/pasted-input.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { ownAccessWords } from './words.ts';

export function PasswordPanel({ login }: { readonly login: string }) {
  const { t } = useText(ownAccessWords);
  const message = useMessage();
  const change = useCommand('changeOwnPassword');
  const [form] = Form.useForm<{ current: string; password: string }>();
  const send = (body: { current: string; password: string }) =>
    change.mutate(
      { body },
      {
        onSuccess: () => {
          form.resetFields();
          message.success(t.own.changed);
        },
      },
    );
  return (
    <Panel title={t.own.password}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={send} style={{ maxWidth: 420 }}>
        <input type="hidden" name="username" autoComplete="username" value={login} readOnly />
        <Form.Item name="current" label={t.own.current} rules={[{ required: true, message: t.app.required }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t.own.fresh}
          extra={t.own.freshHint}
          rules={[{ required: true, message: t.app.required }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <ProblemAlert error={change.error} form={form} />
        <Button htmlType="submit" loading={change.isPending}>
          {t.own.change}
        </Button>
      </Form>
    </Panel>
  );
}

export function MailPanel({ own }: { readonly own: AnswerOf<'getOwnAccess'> }) {
  const { t } = useText(ownAccessWords);
  const put = useCommand('putOwnMail');
  const [form] = Form.useForm<{ mail: string }>();
  const send = ({ mail }: { mail: string }) => put.mutate({ body: { mail: mail.trim() === '' ? null : mail.trim() } });
  return (
    <Panel title={t.own.mailTitle}>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ mail: own.mail ?? '' }}
        onFinish={send}
        style={{ maxWidth: 420 }}
      >
        <Form.Item name="mail" label={t.own.mail}>
          <PastedInput inputMode="email" autoComplete="email" />
        </Form.Item>
        <ProblemAlert error={put.error} form={form} />
        <Button htmlType="submit" loading={put.isPending}>
          {t.own.saveMail}
        </Button>
      </Form>
    </Panel>
  );
}
