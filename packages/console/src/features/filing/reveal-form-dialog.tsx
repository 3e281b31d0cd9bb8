import { type RevealReason, revealReasons } from '@openbeian/model/filing';
import { Form, Select } from 'antd';
import type { Filing } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { ReasonField } from '../../parts/reason-field.tsx';
import { useSession } from '../session/session-context.tsx';
import { filingWords } from './words.ts';

interface RevealFormDialogProps {
  readonly filing: Filing;
  readonly onClose: () => void;
  readonly onRevealed: (values: Readonly<Record<string, unknown>>) => void;
}

/** Asks why the personal fields are to be seen, and shows them until the page is left. */
export function RevealFormDialog({ filing, onClose, onRevealed }: RevealFormDialogProps) {
  const { t, pick } = useText(filingWords);
  const { role } = useSession();
  const reveal = useCommand('revealFilingForm');
  return (
    <FormDialog<{ because?: RevealReason; reason: string }>
      title={t.form.revealTitle}
      lead={t.form.revealLead}
      okText={t.form.reveal}
      pending={reveal.isPending}
      error={reveal.error}
      onSend={({ because, reason }) =>
        reveal.mutate(
          { params: { filingId: filing.id }, body: { ...(because && { because }), reason: reason.trim() } },
          {
            onSuccess: ({ values }) => {
              onRevealed(values);
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      {role !== 'customer' && (
        <Form.Item name="because" label={t.form.revealBecause} rules={[{ required: true, message: t.app.required }]}>
          <Select options={Object.entries(revealReasons).map(([value, text]) => ({ value, label: pick(text) }))} />
        </Form.Item>
      )}
      <ReasonField />
    </FormDialog>
  );
}
