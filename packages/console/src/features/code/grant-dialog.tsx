import { Form, Input, Modal } from 'antd';
import type { Code } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';

interface GrantDialogProps {
  readonly code: Code;
  readonly onClose: () => void;
}

/** Grants a code to another account, or to a different one as long as it is unused. */
export function GrantDialog({ code, onClose }: GrantDialogProps) {
  const { t } = useText();
  const grant = useCommand('grantCode');
  const [form] = Form.useForm<{ granteeAccountId: string }>();
  return (
    <Modal
      open
      title={t.code.grantTitle}
      onCancel={onClose}
      okText={t.code.grant}
      okButtonProps={{ loading: grant.isPending }}
      onOk={form.submit}
    >
      <p className="soft" style={{ marginBottom: 16 }}>
        {t.code.grantLead}
      </p>
      <Form<{ granteeAccountId: string }>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ granteeAccountId: code.granteeAccountId ?? '' }}
        onFinish={({ granteeAccountId }) =>
          grant.mutate(
            { params: { codeId: code.id }, body: { granteeAccountId: granteeAccountId.trim() } },
            { onSuccess: onClose },
          )
        }
      >
        <Form.Item
          name="granteeAccountId"
          label={t.code.granteeAccount}
          rules={[{ required: true, whitespace: true, message: t.code.granteeRequired }]}
        >
          <Input className="mono" autoComplete="off" />
        </Form.Item>
      </Form>
      <ProblemAlert error={grant.error} onReload={onClose} />
    </Modal>
  );
}
