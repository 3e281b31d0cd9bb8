import { Modal } from 'antd';
import type { Filing } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { useMessage } from '../../parts/message.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { handEntryWords } from '../hand-entry/words.ts';

/** Takes a filing that the line to the authority cannot carry out of it, once the operator has confirmed that. */
export function TakeOverButton({ filing }: { readonly filing: Filing }) {
  const { t } = useText(handEntryWords);
  const message = useMessage();
  const [modal, place] = Modal.useModal();
  const takeOver = useCommand('takeOverByHand');
  const input = { params: { filingId: filing.id }, body: { version: filing.version } };
  const ask = () => {
    takeOver.reset();
    modal.confirm({
      title: t.hand.takeOverTitle,
      content: t.hand.takeOverLead,
      okText: t.hand.takeOver,
      onOk: () =>
        takeOver
          .mutateAsync(input)
          .then(() => message.success(t.hand.takenOver))
          .catch(() => undefined),
    });
  };
  return (
    <>
      <ProblemAlert error={takeOver.error} />
      <div className="row">
        <WriteButton loading={takeOver.isPending} onClick={ask}>
          {t.hand.takeOver}
        </WriteButton>
      </div>
      {place}
    </>
  );
}
