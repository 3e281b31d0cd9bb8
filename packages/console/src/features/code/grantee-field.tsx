import { Form } from 'antd';
import { useState } from 'react';
import { type AnswerOf, call } from '../../api/client.ts';
import { problemParts } from '../../api/problem-parts.ts';
import { useText } from '../../language/language.tsx';
import { PastedInput } from '../../parts/pasted-input.tsx';
import { codeWords } from './words.ts';

type Found = AnswerOf<'findAccounts'>['accounts'][number];

interface GranteeFieldProps {
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
}

/**
 * Asks for the account that gets a code, by its id or whole name. Whose it is is shown before it is sent: a name is
 * taken only when it was seen which account has it.
 */
export function GranteeField({ name, label, required }: GranteeFieldProps) {
  const { t, pick } = useText(codeWords);
  const form = Form.useFormInstance();
  const [known, setKnown] = useState<Found | null>(null);
  const value: unknown = Form.useWatch(name, form);
  // What was found is not said of what was typed since.
  const shown = known !== null && known.id === value ? known : null;
  const look = async (typed: string): Promise<'none' | 'one' | 'several'> => {
    const { accounts } = await call('findAccounts', { query: { name: typed } }).catch((error: unknown) => {
      throw new Error(pick(problemParts(error).text));
    });
    const [only = null] = accounts.length === 1 ? accounts : [];
    setKnown(only);
    if (only !== null) form.setFieldValue(name, only.id);
    return only !== null ? 'one' : accounts.length === 0 ? 'none' : 'several';
  };
  const validate = async (_rule: unknown, value = '') => {
    const typed = value.trim();
    if (typed === '') return required ? Promise.reject(new Error(t.part.accountRequired)) : undefined;
    if (known?.id === typed) return undefined;
    const found = await look(typed);
    if (found === 'one' && form.getFieldValue(name) === typed) return undefined;
    throw new Error(t.code.granteeFound[found]);
  };
  return (
    <Form.Item
      name={name}
      label={label}
      validateTrigger="onBlur"
      rules={[{ validator: validate }]}
      extra={
        shown !== null
          ? t.code.granteeIs(shown.displayName || shown.id, shown.id)
          : required
            ? t.code.granteeRequiredHint
            : t.code.granteeHint
      }
    >
      <PastedInput as="trimmed" autoComplete="off" />
    </Form.Item>
  );
}
