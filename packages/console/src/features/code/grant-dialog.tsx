import type { Code } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { GranteeField } from './grantee-field.tsx';
import { codeWords } from './words.ts';

interface CodeDialogProps {
  readonly code: Code;
  readonly onClose: () => void;
}

/** Grants a code to another account, or to a different one as long as it is unused. */
export function GrantDialog({ code, onClose }: CodeDialogProps) {
  const { t } = useText(codeWords);
  const grant = useCommand('grantCode');
  return (
    <FormDialog<{ granteeAccountId: string }>
      title={t.code.grantTitle}
      lead={t.code.grantLead}
      okText={t.code.grant}
      pending={grant.isPending}
      error={grant.error}
      initialValues={{ granteeAccountId: code.granteeAccountId ?? '' }}
      onSend={({ granteeAccountId }) =>
        grant.mutate(
          { params: { codeId: code.id }, body: { granteeAccountId: granteeAccountId.trim() } },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <GranteeField name="granteeAccountId" label={t.code.granteeAccount} required />
    </FormDialog>
  );
}
