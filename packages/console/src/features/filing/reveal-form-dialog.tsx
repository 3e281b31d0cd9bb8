import type { Filing } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { ReasonField } from '../../parts/reason-field.tsx';
import { filingWords } from './words.ts';

interface RevealFormDialogProps {
  readonly filing: Filing;
  readonly onClose: () => void;
  readonly onRevealed: (values: Readonly<Record<string, unknown>>) => void;
}

/** Asks why the personal fields are to be seen, and shows them until the page is left. */
export function RevealFormDialog({ filing, onClose, onRevealed }: RevealFormDialogProps) {
  const { t } = useText(filingWords);
  const reveal = useCommand('revealFilingForm');
  return (
    <FormDialog<{ reason: string }>
      title={t.form.revealTitle}
      lead={t.form.revealLead}
      okText={t.form.reveal}
      pending={reveal.isPending}
      error={reveal.error}
      onSend={({ reason }) =>
        reveal.mutate(
          { params: { filingId: filing.id }, body: { reason: reason.trim() } },
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
      <ReasonField />
    </FormDialog>
  );
}
