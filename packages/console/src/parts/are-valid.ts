import type { FormInstance } from 'antd';

/** Has the form, or some of its fields, checked: each says what is wrong with it, and the first of those has the focus. */
export async function areValid<Values extends object>(
  form: FormInstance<Values>,
  names?: readonly (keyof Values & string)[],
): Promise<boolean> {
  try {
    await (names === undefined ? form.validateFields() : form.validateFields([...names]));
    return true;
  } catch {
    focusFirstProblem(form);
    return false;
  }
}

/** The first field that has something wrong said at it. */
export function focusFirstProblem<Values extends object>(form: FormInstance<Values>): void {
  const [first] = form.getFieldsError().filter(({ errors }) => errors.length > 0);
  if (first !== undefined) form.focusField(first.name);
}
