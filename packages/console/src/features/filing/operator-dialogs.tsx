import { Form, Input } from 'antd';
import type { Filing } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { filingWords } from './words.ts';

interface OperatorDialogProps {
  readonly filing: Filing;
  readonly onClose: () => void;
}

/** An operator recalls a filing to which the authority no longer answers. */
export function RecallDialog({ filing, onClose }: OperatorDialogProps) {
  const { t } = useText(filingWords);
  const recall = useCommand('recallFiling');
  return (
    <CommentDialog
      title={t.filing.recallTitle}
      lead={t.filing.recallLead}
      okText={t.filing.recall}
      label={t.filing.recallComment}
      command={recall}
      onSend={(comment) => recall.mutate(inputOf(filing, comment), { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

/** An operator closes a filing that its customer has abandoned. */
export function LapseDialog({ filing, onClose }: OperatorDialogProps) {
  const { t } = useText(filingWords);
  const lapse = useCommand('lapseFiling');
  return (
    <CommentDialog
      title={t.filing.lapseTitle}
      lead={t.filing.lapseLead}
      okText={t.filing.lapse}
      label={t.filing.lapseComment}
      command={lapse}
      onSend={(comment) => lapse.mutate(inputOf(filing, comment), { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

/** An operator reopens a filing that lapsed. */
export function ReopenDialog({ filing, onClose }: OperatorDialogProps) {
  const { t } = useText(filingWords);
  const reopen = useCommand('reopenFiling');
  return (
    <CommentDialog
      harmless
      title={t.filing.reopenTitle}
      lead={t.filing.reopenLead}
      okText={t.filing.reopen}
      label={t.filing.reopenComment}
      command={reopen}
      onSend={(comment) => reopen.mutate(inputOf(filing, comment), { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

const inputOf = (filing: Filing, comment: string) => ({
  params: { filingId: filing.id },
  body: { version: filing.version, comment },
});

interface CommentDialogProps {
  readonly harmless?: boolean;
  readonly title: string;
  readonly lead: string;
  readonly okText: string;
  readonly label: string;
  readonly command: { readonly isPending: boolean; readonly error: Error | null };
  readonly onSend: (comment: string) => void;
  readonly onClose: () => void;
}

function CommentDialog({ harmless = false, title, lead, okText, label, command, onSend, onClose }: CommentDialogProps) {
  const { t } = useText();
  return (
    <FormDialog<{ comment: string }>
      danger={!harmless}
      title={title}
      lead={lead}
      okText={okText}
      pending={command.isPending}
      error={command.error}
      onSend={({ comment }) => onSend(comment.trim())}
      onClose={onClose}
    >
      <Form.Item
        name="comment"
        label={label}
        rules={[{ required: true, whitespace: true, min: 2, message: t.part.reasonTooShort }]}
      >
        <Input.TextArea rows={3} count={{ show: true, max: 500 }} />
      </Form.Item>
    </FormDialog>
  );
}
