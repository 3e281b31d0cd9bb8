import { Form, Input } from 'antd';
import { useText } from '../language/language.tsx';

/** Asks why hidden things are to be seen; the answer goes into the audit. */
export function ReasonField() {
  const { t } = useText();
  return (
    <Form.Item
      name="reason"
      label={t.part.reason}
      rules={[{ required: true, whitespace: true, min: 2, message: t.part.reasonTooShort }]}
    >
      <Input maxLength={200} />
    </Form.Item>
  );
}
