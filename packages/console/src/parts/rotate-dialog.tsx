import { Form, Select } from 'antd';
import { useText } from '../language/language.tsx';
import { FormDialog } from './form-dialog.tsx';
import { ShownOnce } from './shown-once.tsx';

interface RotateDialogProps {
  readonly title: string;
  readonly lead: string;
  /** What is said when it is done, and of the secret that is shown then. */
  readonly doneTitle: string;
  readonly once: string;
  readonly rotation: {
    readonly isPending: boolean;
    readonly error: Error | null;
    readonly data: { readonly secret: string | null } | undefined;
  };
  readonly onRotate: (overlapHours: number) => void;
  readonly onClose: () => void;
}

/** Replaces something secret, whose old one stays good for a while, and shows the new one this once. */
export function RotateDialog({ title, lead, doneTitle, once, rotation, onRotate, onClose }: RotateDialogProps) {
  const { t } = useText();
  if (rotation.data) {
    return <ShownOnce title={doneTitle} hint={once} secret={rotation.data.secret} onClose={onClose} />;
  }
  const options = Object.entries(t.access.overlaps).map(([hours, label]) => ({ value: Number(hours), label }));
  return (
    <FormDialog<{ overlapHours: number }>
      title={title}
      lead={lead}
      okText={t.access.rotate}
      pending={rotation.isPending}
      error={rotation.error}
      initialValues={{ overlapHours: 24 }}
      onSend={({ overlapHours }) => onRotate(overlapHours)}
      onClose={onClose}
    >
      <Form.Item name="overlapHours" label={t.access.overlap}>
        <Select options={options} style={{ width: 200 }} />
      </Form.Item>
    </FormDialog>
  );
}
