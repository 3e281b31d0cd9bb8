import { Form, Input } from 'antd';
import { useText } from '../language/language.tsx';

interface AccountFieldProps {
  readonly name: string;
  readonly label: string;
}

/** Asks for an account by its id. */
export function AccountField({ name, label }: AccountFieldProps) {
  const { t } = useText();
  return (
    <Form.Item
      name={name}
      label={label}
      rules={[{ required: true, whitespace: true, message: t.part.accountRequired }]}
    >
      <Input className="mono" autoComplete="off" />
    </Form.Item>
  );
}
