import { Form, type FormInstance, Input } from 'antd';
import { useText } from '../language/language.tsx';

interface ReasonFormProps {
  readonly form: FormInstance<{ reason: string }>;
  readonly onReason: (reason: string) => void;
}

/** Asks why hidden things are to be seen; the answer goes into the audit. */
export function ReasonForm({ form, onReason }: ReasonFormProps) {
  const { t } = useText();
  return (
    <Form<{ reason: string }>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={({ reason }) => onReason(reason.trim())}
    >
      <Form.Item
        name="reason"
        label={t.code.revealReason}
        rules={[{ required: true, whitespace: true, min: 2, message: t.code.revealReasonShort }]}
      >
        <Input maxLength={200} />
      </Form.Item>
    </Form>
  );
}
