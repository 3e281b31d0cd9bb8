import { Button, Form, Modal } from 'antd';
import type { Code } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { ReasonForm } from '../../parts/reason-form.tsx';

interface RevealDialogProps {
  readonly code: Code;
  readonly onClose: () => void;
}

/** Shows the whole code again, for a reason that goes into the audit. */
export function RevealDialog({ code, onClose }: RevealDialogProps) {
  const { t } = useText();
  const reveal = useCommand('revealCode');
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <Modal
      open
      title={t.code.revealTitle}
      onCancel={onClose}
      footer={
        reveal.data ? (
          <Button type="primary" onClick={onClose}>
            {t.app.close}
          </Button>
        ) : (
          <Button type="primary" loading={reveal.isPending} onClick={form.submit}>
            {t.code.reveal}
          </Button>
        )
      }
    >
      {reveal.data ? (
        <div className="clear-code">
          <code>{reveal.data.clear}</code>
          <CopyButton text={reveal.data.clear} />
        </div>
      ) : (
        <>
          <p className="soft" style={{ marginBottom: 16 }}>
            {t.code.revealLead}
          </p>
          <ReasonForm
            form={form}
            onReason={(reason) => reveal.mutate({ params: { codeId: code.id }, body: { reason } })}
          />
          <ProblemAlert error={reveal.error} />
        </>
      )}
    </Modal>
  );
}
