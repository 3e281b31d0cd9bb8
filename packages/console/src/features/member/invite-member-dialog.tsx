import { Form, Input } from 'antd';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { PastedInput } from '../../parts/pasted-input.tsx';
import { LinkShown } from '../person/link-shown.tsx';
import { type MemberRight, RightField } from './right-dialog.tsx';
import { memberWords } from './words.ts';

interface Invitation {
  readonly login: string;
  readonly displayName: string;
  readonly right: MemberRight;
  readonly mail?: string;
}

/** Invites somebody into the own account; the link is shown this once, or mailed. */
export function InviteMemberDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText(memberWords);
  const invite = useCommand('inviteMember');
  if (invite.data) return <LinkShown link={invite.data.link} onClose={onClose} />;
  const send = ({ login, displayName, right, mail }: Invitation) =>
    invite.mutate({
      body: {
        login: login.trim(),
        displayName: displayName.trim(),
        right,
        mail: mail?.trim() ? mail.trim() : null,
      },
    });
  const required = [{ required: true, whitespace: true, message: t.app.required }];
  return (
    <FormDialog<Invitation>
      title={t.member.invite}
      okText={t.member.invite}
      pending={invite.isPending}
      error={invite.error}
      initialValues={{ right: 'filer' }}
      onSend={send}
      onClose={onClose}
    >
      <Form.Item name="displayName" label={t.member.name} rules={required}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="mail" label={t.member.mail}>
        <PastedInput inputMode="email" autoComplete="off" />
      </Form.Item>
      <Form.Item name="login" label={t.member.login} extra={t.member.loginHint} rules={required}>
        <PastedInput autoComplete="off" />
      </Form.Item>
      <RightField />
    </FormDialog>
  );
}
