import { Alert, Form, Radio } from 'antd';
import type { AnswerOf, InputOf } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useSession } from '../session/session-context.tsx';
import { memberWords } from './words.ts';

export type MemberRight = AnswerOf<'listMembers'>['members'][number]['right'];
const rights = ['owner', 'filer', 'viewer'] as const satisfies readonly MemberRight[];

/** The rights with what each may do, as a field of a form named `right`. */
export function RightField() {
  const { t } = useText(memberWords);
  return (
    <Form.Item name="right" label={t.member.rightName}>
      <Radio.Group
        vertical
        options={rights.map((value) => ({
          value,
          label: (
            <>
              {t.right[value]}
              <div className="faint">{t.member.rightHints[value]}</div>
            </>
          ),
        }))}
      />
    </Form.Item>
  );
}

interface RightDialogProps {
  readonly member: { readonly id: string; readonly displayName: string; readonly right: MemberRight };
  readonly onClose: () => void;
}

/** Changes what somebody of an account may do; what follows from the choice is said before. */
export function RightDialog({ member, onClose }: RightDialogProps) {
  const { t } = useText(memberWords);
  const { userId } = useSession();
  const change = useCommand('changeMemberRight');
  const [form] = Form.useForm<InputOf<'changeMemberRight'>['body']>();
  const chosen = Form.useWatch('right', form);
  const warnings = [
    ...(member.id === userId && chosen !== undefined && chosen !== 'owner' ? [t.member.changeSelf] : []),
    ...(chosen === 'viewer' && member.right !== 'viewer' ? [t.member.changeToViewer] : []),
  ];
  const send = ({ right }: { readonly right: MemberRight }) => {
    if (right === member.right) return onClose();
    change.mutate(
      { params: { personId: member.id }, body: { right } },
      {
        onSuccess: () => {
          onClose();
          // What is shown from now on is another person's, so to say: the whole console is asked for afresh.
          if (member.id === userId) window.location.reload();
        },
      },
    );
  };
  return (
    <FormDialog<InputOf<'changeMemberRight'>['body']>
      title={t.member.changeTitle(member.displayName)}
      okText={t.member.change}
      pending={change.isPending}
      error={change.error}
      form={form}
      initialValues={{ right: member.right }}
      onSend={send}
      onClose={onClose}
    >
      <RightField />
      {warnings.map((warning) => (
        <Alert key={warning} type="warning" showIcon title={warning} style={{ marginBottom: 12 }} />
      ))}
    </FormDialog>
  );
}
