import { Form, Input, Select } from 'antd';
import type { InputOf } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { AccountField } from '../../parts/account-field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { PastedInput } from '../../parts/pasted-input.tsx';
import { type MemberRight, RightField } from '../member/right-dialog.tsx';
import { LinkShown } from './link-shown.tsx';
import { personWords } from './words.ts';

type Role = InputOf<'invitePerson'>['body']['role'];
const staff = ['reviewer', 'operator', 'auditor', 'customer'] as const satisfies readonly Role[];

interface Invitation {
  readonly login: string;
  readonly displayName: string;
  readonly role: Role;
  readonly accountId?: string;
  readonly right?: MemberRight;
  readonly mail?: string;
}

/** Invites somebody; the link is shown this once, or mailed. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText(personWords);
  const invite = useCommand('invitePerson');
  const [form] = Form.useForm<Invitation>();
  const role = Form.useWatch('role', form);
  if (invite.data) return <LinkShown link={invite.data.link} onClose={onClose} />;
  const send = ({ login, displayName, role: chosen, accountId, right, mail }: Invitation) =>
    invite.mutate({
      body: {
        login: login.trim(),
        displayName: displayName.trim(),
        role: chosen,
        accountId: chosen === 'customer' ? (accountId?.trim() ?? null) : null,
        ...(chosen === 'customer' && right !== undefined && { right }),
        mail: mail?.trim() ? mail.trim() : null,
      },
    });
  const required = [{ required: true, whitespace: true, message: t.app.required }];
  return (
    <FormDialog<Invitation>
      title={t.person.invite}
      okText={t.person.invite}
      pending={invite.isPending}
      error={invite.error}
      form={form}
      initialValues={{ role: 'reviewer', right: 'owner' }}
      onSend={send}
      onClose={onClose}
    >
      <Form.Item name="login" label={t.person.login} rules={required}>
        <PastedInput autoComplete="off" />
      </Form.Item>
      <Form.Item name="displayName" label={t.person.name} rules={required}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="role" label={t.person.role}>
        <Select options={staff.map((value) => ({ value, label: t.role[value] }))} />
      </Form.Item>
      {role === 'customer' && (
        <>
          <AccountField name="accountId" label={t.person.account} />
          <RightField />
        </>
      )}
      <Form.Item name="mail" label={t.person.mail}>
        <PastedInput inputMode="email" autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}
