import { Form } from 'antd';
import { useText } from '../language/language.tsx';
import { PastedInput } from './pasted-input.tsx';

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
      <PastedInput className="mono" autoComplete="off" />
    </Form.Item>
  );
}
