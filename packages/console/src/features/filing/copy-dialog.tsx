import { Form } from 'antd';
import { useNavigate } from 'react-router';
import type { Filing } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { PastedInput } from '../../parts/pasted-input.tsx';
import { filingWords } from './words.ts';

/** Asks for the next name, and starts its filing with what this one was filled in with. */
export function CopyDialog({ filing, onClose }: { readonly filing: Filing; readonly onClose: () => void }) {
  const { t } = useText(filingWords);
  const navigate = useNavigate();
  const copy = useCommand('copyFiling');
  return (
    <FormDialog<{ domainName: string }>
      title={t.filing.copyTitle}
      lead={t.filing.copyLead}
      okText={t.filing.copy}
      pending={copy.isPending}
      error={copy.error}
      onSend={({ domainName }) =>
        copy.mutate(
          { params: { filingId: filing.id }, body: { domainName: domainName.trim() } },
          { onSuccess: (answer) => void navigate(`/filings/${answer.filing.id}`) },
        )
      }
      onClose={onClose}
    >
      <Form.Item
        name="domainName"
        label={t.start.domainName}
        rules={[{ required: true, whitespace: true, message: t.start.domainNameRequired }]}
      >
        <PastedInput as="host" autoComplete="off" placeholder="example.cn" />
      </Form.Item>
    </FormDialog>
  );
}
