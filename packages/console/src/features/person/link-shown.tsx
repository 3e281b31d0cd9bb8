import { Modal } from 'antd';
import { useText } from '../../language/language.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { personWords } from './words.ts';

/** A one-time link with the address of this console; null: it goes by mail. */
export function LinkShown({ link, onClose }: { readonly link: string | null; readonly onClose: () => void }) {
  const { t } = useText(personWords);
  if (link === null) {
    return (
      <Modal open title={t.person.linkTitle} onCancel={onClose} onOk={onClose}>
        <p role="status">{t.person.mailed}</p>
      </Modal>
    );
  }
  const whole = new URL(link, window.location.origin).toString();
  return <ShownOnce title={t.person.linkTitle} hint={t.person.linkOnce} secret={whole} onClose={onClose} />;
}
