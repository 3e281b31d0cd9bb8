import { Modal } from 'antd';
import { useId } from 'react';
import { useNavigate } from 'react-router';
import type { Filing } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { useMessage } from '../../parts/message.tsx';
import { Shortcuts } from '../../parts/shortcuts.tsx';
import type { Objection } from './opinion.ts';
import { reviewWords } from './words.ts';

/** The reviewer's commands; after each of them the queue is shown. */
export function useOpinion(filing: Filing, objections: readonly Objection[], queue: string) {
  const { t } = useText(reviewWords);
  const message = useMessage();
  const navigate = useNavigate();
  const pass = useCommand('passFiling', { leaves: true });
  const giveBack = useCommand('returnFiling', { leaves: true });
  const params = { filingId: filing.id };
  const may = (action: string) => filing.actions.includes(action);
  const done = (text: string) => {
    message.success(text);
    void navigate(queue);
  };
  const send = async () => {
    try {
      const { state } = await pass.mutateAsync({ params, body: { version: filing.version } });
      done(state === 'awaiting_review' ? t.review.passedFirst : t.review.passed);
    } catch {
      // The panel shows what was wrong.
    }
  };
  const confirmPass = useConfirmedPass(send);
  const askPass = () => {
    if (may('pass') && objections.length === 0 && !pass.isPending) confirmPass.ask();
  };
  // Awaited, since the panel is gone by the time the filing on screen is no longer the reviewer's.
  const sendBack = async () => {
    if (!may('return') || objections.length === 0 || giveBack.isPending) return;
    try {
      await giveBack.mutateAsync({ params, body: { version: filing.version, reasons: [...objections] } });
      done(t.review.returned);
    } catch {
      // The panel shows what was wrong.
    }
  };
  const question = useQuestion(filing, objections, done);
  return {
    isPassing: pass.isPending,
    isReturning: giveBack.isPending,
    isAsking: question.isPending,
    mayPass: may('pass') && objections.length === 0,
    mayReturn: may('return') && objections.length > 0,
    mayAsk: question.mayAsk,
    error: pass.error ?? giveBack.error ?? question.error,
    askPass,
    /** Where the question is shown. */
    passPlace: confirmPass.place,
    sendBack: () => void sendBack(),
    sendQuestion: question.send,
  };
}
export type Opinion = ReturnType<typeof useOpinion>;

/** Asks whether to pass, and passes. */
function useConfirmedPass(send: () => Promise<void>) {
  const { t } = useText(reviewWords);
  const [modal, modalPlace] = Modal.useModal();
  const okId = useId();
  const ask = () => {
    let hadFocus = false;
    const pressOk = () => document.getElementById(okId)?.click();
    modal.confirm({
      title: t.review.passTitle,
      content: (
        <>
          {t.review.passLead}
          {/* The dialog gives the focus to its first button, which cancels, and then to this one: Enter passes all the while. */}
          <Shortcuts
            inDialog
            enterPresses={() => hadFocus}
            shortcuts={[{ keys: ['enter'], label: t.review.pass, run: pressOk }]}
          />
        </>
      ),
      okText: t.review.pass,
      okButtonProps: {
        id: okId,
        onFocus: () => {
          hadFocus = true;
        },
      },
      onOk: send,
    });
  };
  return { ask, place: modalPlace };
}

/** Asking the customer about fields; a reason for the filing as a whole is no question. */
function useQuestion(filing: Filing, objections: readonly Objection[], done: (text: string) => void) {
  const { t } = useText(reviewWords);
  const ask = useCommand('askFiling', { leaves: true });
  const ofFields = objections.flatMap(({ field, ...rest }) => (field === null ? [] : [{ field, ...rest }]));
  const mayAsk = filing.actions.includes('ask') && objections.length > 0 && ofFields.length === objections.length;
  const send = async () => {
    if (!mayAsk || ask.isPending) return;
    try {
      await ask.mutateAsync({ params: { filingId: filing.id }, body: { version: filing.version, reasons: ofFields } });
      done(t.review.askDone);
    } catch {
      // The panel shows what was wrong.
    }
  };
  return { mayAsk, isPending: ask.isPending, error: ask.error, send: () => void send() };
}
