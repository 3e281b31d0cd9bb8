import { Form, type FormInstance, Modal } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { ProblemAlert } from './problem-alert.tsx';
import { useFirstField } from './use-first-field.ts';

interface FormDialogProps<Values extends object> {
  readonly title: string;
  readonly lead?: ReactNode;
  /** Of the button that sends. */
  readonly okText: string;
  readonly danger?: boolean;
  readonly pending: boolean;
  readonly error: unknown;
  readonly initialValues?: Partial<Values>;
  /** Where something outside changes fields; otherwise the dialog has a form of its own. */
  readonly form?: FormInstance<Values>;
  readonly onSend: (values: Values) => void;
  readonly onClose: () => void;
  /** The form's fields. */
  readonly children: ReactNode;
}

/** Asks for what a command needs, sends it once, and says what the server has against it. */
export function FormDialog<Values extends object>(props: FormDialogProps<Values>) {
  const { title, lead, okText, danger = false, pending, error, initialValues, onSend, onClose, children } = props;
  const [own] = Form.useForm<Values>();
  const form = props.form ?? own;
  // A double click sends the form twice before `pending` is seen. The answer to the repetition would replace the first
  // one, and only the first one has what is shown once.
  const sent = useRef(false);
  useEffect(() => {
    if (!pending) sent.current = false;
  }, [pending]);
  const sendOnce = (values: Values) => {
    if (sent.current) return;
    sent.current = true;
    onSend(values);
  };
  const { fields, focusFirst } = useFirstField();
  return (
    <Modal
      open
      afterOpenChange={focusFirst}
      title={title}
      onCancel={onClose}
      okText={okText}
      okButtonProps={{ loading: pending, danger }}
      onOk={form.submit}
    >
      {lead && (
        <p className="soft" style={{ marginBottom: 16 }}>
          {lead}
        </p>
      )}
      <div ref={fields}>
        <Form<Values>
          form={form}
          layout="vertical"
          requiredMark={false}
          {...(initialValues ? { initialValues } : {})}
          onFinish={sendOnce}
        >
          {children}
        </Form>
      </div>
      <ProblemAlert error={error} form={form} onReload={onClose} />
    </Modal>
  );
}
