import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../language/language.tsx';
import { CopyButton } from './copy-button.tsx';

/** Something secret in full, with its copy button. */
export function ClearText({ text }: { readonly text: string }) {
  return (
    <div className="clear-code">
      <code>{text}</code>
      <CopyButton text={text} />
    </div>
  );
}

interface ShownOnceProps {
  readonly title: string;
  readonly hint: ReactNode;
  /** Null: the answer came to a repetition, and the server no longer has it. */
  readonly secret: string | null;
  readonly onClose: () => void;
}

/** A secret that is shown this once; the dialog does not close by a click beside it, nor by the Escape key. */
export function ShownOnce({ title, hint, secret, onClose }: ShownOnceProps) {
  const { t } = useText();
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {t.part.secretSaved}
        </Button>
      }
    >
      <div className="stack">
        {secret === null ? (
          <p className="soft">{t.access.secretGone}</p>
        ) : (
          <>
            <p className="soft">{hint}</p>
            <ClearText text={secret} />
          </>
        )}
      </div>
    </Modal>
  );
}
