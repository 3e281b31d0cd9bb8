import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { RotateDialog } from '../../parts/rotate-dialog.tsx';
import type { ApiKey } from './api-key.ts';
import { apiKeyWords } from './words.ts';

interface RotateKeyDialogProps {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
}

/** Gives a key a new secret, and shows it this once. */
export function RotateKeyDialog({ apiKey, onClose }: RotateKeyDialogProps) {
  const { t } = useText(apiKeyWords);
  const rotate = useCommand('rotateApiKey');
  return (
    <RotateDialog
      title={t.apiKey.rotateTitle}
      lead={t.apiKey.rotateLead(apiKey.name)}
      doneTitle={t.apiKey.rotatedTitle}
      once={t.apiKey.once}
      rotation={rotate}
      onRotate={(overlapHours) => rotate.mutate({ params: { keyId: apiKey.id }, body: { overlapHours } })}
      onClose={onClose}
    />
  );
}
