import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useSession } from '../session/session-context.tsx';
import { authorityWords } from './words.ts';

interface ContentProps {
  readonly kind: 'package' | 'file' | 'case' | 'record';
  readonly documentId: string;
  /** What the button says; that it opens the content, unless given. */
  readonly label?: string;
}

/** Opens what was exchanged: masked, and in the clear when an operator asks for it. */
export function ContentButton({ label, ...props }: ContentProps) {
  const { t } = useText(authorityWords);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" type="text" onClick={() => setOpen(true)}>
        {label ?? t.line.content}
      </Button>
      {isOpen && <ContentDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function ContentDialog({ kind, documentId, onClose }: Omit<ContentProps, 'label'> & { readonly onClose: () => void }) {
  const { t } = useText(authorityWords);
  const { role } = useSession();
  const params = { kind, documentId };
  const masked = useAnswer('getAuthorityDocument', { params });
  const reveal = useCommand('revealAuthorityDocument');
  return (
    <Modal
      open
      width={720}
      title={t.line.content}
      onCancel={onClose}
      footer={
        <>
          {role === 'operator' && reveal.data === undefined && (
            <Button loading={reveal.isPending} onClick={() => reveal.mutate({ params })}>
              {t.line.reveal}
            </Button>
          )}
          <Button type="primary" onClick={onClose}>
            {t.app.close}
          </Button>
        </>
      }
    >
      <p className="soft">{t.line.contentLead}</p>
      <ProblemAlert error={reveal.error} />
      <Loaded query={masked}>
        {(answer) => (
          <pre className="mono wrap" style={{ whiteSpace: 'pre-wrap' }}>
            {JSON.stringify((reveal.data ?? answer).content, null, 2)}
          </pre>
        )}
      </Loaded>
    </Modal>
  );
}
