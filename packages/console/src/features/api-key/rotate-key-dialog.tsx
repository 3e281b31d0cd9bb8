import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { OverlapField } from '../../parts/overlap-field.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';
import type { ApiKey } from './api-keys-page.tsx';

interface RotateKeyDialogProps {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
}

/** Gives a key a new secret, and shows it this once. */
export function RotateKeyDialog({ apiKey, onClose }: RotateKeyDialogProps) {
  const { t } = useText();
  const rotate = useCommand('rotateApiKey');
  if (rotate.data) {
    return (
      <ShownOnce title={t.apiKey.rotatedTitle} hint={t.apiKey.once} secret={rotate.data.secret} onClose={onClose} />
    );
  }
  return (
    <FormDialog<{ overlapHours: number }>
      title={t.apiKey.rotateTitle}
      lead={t.apiKey.rotateLead(apiKey.name)}
      okText={t.access.rotate}
      pending={rotate.isPending}
      error={rotate.error}
      initialValues={{ overlapHours: 24 }}
      onSend={({ overlapHours }) => rotate.mutate({ params: { keyId: apiKey.id }, body: { overlapHours } })}
      onClose={onClose}
    >
      <OverlapField />
    </FormDialog>
  );
}
