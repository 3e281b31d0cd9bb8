import { Button, Modal } from 'antd';
import type { Code } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { ReasonField } from '../../parts/reason-field.tsx';
import { ClearText } from '../../parts/shown-once.tsx';
import { codeWords } from './words.ts';

interface RevealDialogProps {
  readonly code: Code;
  readonly onClose: () => void;
}

/** Shows the whole code again, for a reason that goes into the audit. */
export function RevealDialog({ code, onClose }: RevealDialogProps) {
  const { t } = useText(codeWords);
  const reveal = useCommand('revealCode');
  if (reveal.data)
    return (
      <Modal
        open
        title={t.code.revealTitle}
        onCancel={onClose}
        footer={
          <Button type="primary" onClick={onClose}>
            {t.app.close}
          </Button>
        }
      >
        <ClearText text={reveal.data.clear} />
      </Modal>
    );
  return (
    <FormDialog<{ reason: string }>
      title={t.code.revealTitle}
      lead={t.code.revealLead}
      okText={t.code.reveal}
      pending={reveal.isPending}
      error={reveal.error}
      onSend={({ reason }) => reveal.mutate({ params: { codeId: code.id }, body: { reason: reason.trim() } })}
      onClose={onClose}
    >
      <ReasonField />
    </FormDialog>
  );
}
