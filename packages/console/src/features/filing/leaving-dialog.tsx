import { Modal } from 'antd';
import { useText } from '../../language/language.tsx';
import type { SaveState } from './form-draft.ts';
import { useLeaving } from './use-leaving.ts';
import { filingWords } from './words.ts';

interface LeavingDialogProps {
  readonly state: SaveState;
  readonly onSave: () => void;
}

/** Asks before the page is left with something that could not be saved. */
export function LeavingDialog({ state, onSave }: LeavingDialogProps) {
  const { t } = useText(filingWords);
  const { asks, stay, leave } = useLeaving(state, onSave);
  return (
    <Modal
      open={asks}
      title={t.form.leaveTitle}
      okText={t.form.stay}
      cancelText={t.form.leave}
      closable={false}
      cancelButtonProps={{ danger: true }}
      onOk={stay}
      onCancel={leave}
      // Escape and a click beside it stay: what was typed goes only by the button that says so.
      keyboard={false}
      mask={{ closable: false }}
    >
      {t.form.leaveLead}
    </Modal>
  );
}
