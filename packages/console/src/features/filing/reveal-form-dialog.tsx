import { Form, Modal } from 'antd';
import type { Filing } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { ReasonForm } from '../../parts/reason-form.tsx';

interface RevealFormDialogProps {
  readonly filing: Filing;
  readonly onClose: () => void;
  readonly onRevealed: (values: Readonly<Record<string, unknown>>) => void;
}

/** Asks why the personal fields are to be seen, and shows them until the page is left. */
export function RevealFormDialog({ filing, onClose, onRevealed }: RevealFormDialogProps) {
  const { t } = useText();
  const reveal = useCommand('revealFilingForm');
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <Modal
      open
      title={t.form.revealTitle}
      onCancel={onClose}
      okText={t.form.reveal}
      okButtonProps={{ loading: reveal.isPending }}
      onOk={form.submit}
    >
      <p className="soft" style={{ marginBottom: 16 }}>
        {t.form.revealLead}
      </p>
      <ReasonForm
        form={form}
        onReason={(reason) =>
          reveal.mutate(
            { params: { filingId: filing.id }, body: { reason } },
            {
              onSuccess: ({ values }) => {
                onRevealed(values);
                onClose();
              },
            },
          )
        }
      />
      <ProblemAlert error={reveal.error} />
    </Modal>
  );
}
