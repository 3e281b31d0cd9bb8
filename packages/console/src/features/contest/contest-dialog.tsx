import { Form, Input } from 'antd';
import type { Filing } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useMessage } from '../../parts/message.tsx';
import { contestWords } from './words.ts';

interface ContestDialogProps {
  readonly filing: Filing;
  readonly onClose: () => void;
}

/** A customer says that what another account's filing holds is its own. */
export function ContestDialog({ filing, onClose }: ContestDialogProps) {
  const { t } = useText(contestWords);
  const message = useMessage();
  const contest = useCommand('contestFiling');
  const done = () => {
    message.success(t.contest.opened);
    onClose();
  };
  return (
    <FormDialog<{ statement: string }>
      title={t.contest.openTitle}
      lead={t.contest.openLead}
      okText={t.contest.open}
      pending={contest.isPending}
      error={contest.error}
      onSend={({ statement }) =>
        contest.mutate({ params: { filingId: filing.id }, body: { statement: statement.trim() } }, { onSuccess: done })
      }
      onClose={onClose}
    >
      <Form.Item
        name="statement"
        label={t.contest.statement}
        rules={[{ required: true, whitespace: true, min: 10, message: t.contest.statementTooShort }]}
      >
        <Input.TextArea rows={4} count={{ show: true, max: 1000 }} />
      </Form.Item>
    </FormDialog>
  );
}
