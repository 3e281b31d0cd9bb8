import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { WriteButton } from './write-button.tsx';

interface ConfirmButtonProps {
  readonly title: string;
  readonly lead: string;
  readonly pending: boolean;
  readonly danger?: boolean;
  readonly size?: 'small' | 'middle';
  /** Done when it resolves; what is wrong is shown by whoever owns the command. */
  readonly onConfirm: () => Promise<unknown>;
  /** The action, also on the button that confirms it. */
  readonly children: ReactNode;
}

/** An act that cannot be taken back asks first. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { title, lead, pending, danger = true, size = 'small', onConfirm, children } = props;
  const [modal, modalPlace] = Modal.useModal();
  const ask = () =>
    modal.confirm({
      title,
      content: lead,
      okText: children,
      okButtonProps: { danger },
      // Enter twice is not enough for what cannot be taken back.
      autoFocusButton: danger ? 'cancel' : 'ok',
      onOk: () => onConfirm().catch(() => undefined),
    });
  return (
    <>
      <WriteButton size={size} type="text" danger={danger} loading={pending} onClick={ask}>
        {children}
      </WriteButton>
      {modalPlace}
    </>
  );
}
