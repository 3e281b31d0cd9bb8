import { courseOf, filingKindTable } from '@openbeian/model/filing';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { problemParts } from '../../api/problem-parts.ts';
import type { Filing, FilingForm } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { useMessage } from '../../parts/message.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { handEntryWords } from '../hand-entry/words.ts';
import { AnswerButton } from '../review/answer-button.tsx';
import { ClaimButton } from '../review/claim-button.tsx';
import { reviewWords } from '../review/words.ts';
import { useSession } from '../session/session-context.tsx';
import { CopyDialog } from './copy-dialog.tsx';
import { labelsOf } from './form-labels.ts';
import { LapseDialog, RecallDialog, ReopenDialog } from './operator-dialogs.tsx';
import { filingWords } from './words.ts';

/** What the signed-in person may do with a filing now, as the server says. */
export function FilingActions({ filing }: { readonly filing: Filing }) {
  const { t, pick } = useText(filingWords, reviewWords, handEntryWords);
  const { role } = useSession();
  const [asked, setAsked] = useState<'recall' | 'lapse' | 'reopen' | 'copy' | null>(null);
  const may = (action: string) => filing.actions.includes(action);
  const form = useAnswer('getFilingForm', { params: { filingId: filing.id } }, { enabled: may('submit') });
  // What changes or ends a record needs no place.
  const isBound = filing.codeId !== null || filing.resourceId !== null || !filingKindTable[filing.kind].opens;
  const isReady = isBound && form.data?.findings.every((finding) => finding.from !== 'pre_check') === true;
  const { submit, withdraw, abandon, error, clear, send, askWithdraw, askAbandon, place } = useFilingCommands(filing);
  return (
    <>
      {role === 'customer' && filingKindTable[filing.kind].opens && (
        <WriteButton onClick={() => setAsked('copy')}>{t.filing.copy}</WriteButton>
      )}
      {may('abandon') && (
        <WriteButton danger type="text" loading={abandon.isPending} onClick={askAbandon}>
          {t.filing.abandon}
        </WriteButton>
      )}
      {may('withdraw') && (
        <WriteButton loading={withdraw.isPending} onClick={askWithdraw}>
          {t.filing.withdraw}
        </WriteButton>
      )}
      {may('submit') && (
        <WriteButton type={isReady ? 'primary' : 'default'} loading={submit.isPending} onClick={send}>
          {courseOf(filing.kind).reviewedBy.includes('provider') ? t.filing.submit : t.filing.submitUnreviewed}
        </WriteButton>
      )}
      {may('answer') && <AnswerButton filing={filing} />}
      <ClaimButton filing={filing} />
      {may('enter_result') && (
        <Link to={`/filings/${filing.id}/hand-entry`}>
          <Button type="primary">{t.hand.open}</Button>
        </Link>
      )}
      {may('recall') && <Button onClick={() => setAsked('recall')}>{t.filing.recall}</Button>}
      {may('lapse') && (
        <Button danger type="text" onClick={() => setAsked('lapse')}>
          {t.filing.lapse}
        </Button>
      )}
      {may('reopen') && <Button onClick={() => setAsked('reopen')}>{t.filing.reopen}</Button>}
      {role === 'reviewer' && filing.state === 'awaiting_review' && (
        <Link to={`/review/${filing.id}`}>
          <Button type="primary">{t.review.open}</Button>
        </Link>
      )}
      {asked === 'copy' && <CopyDialog filing={filing} onClose={() => setAsked(null)} />}
      {asked === 'recall' && <RecallDialog filing={filing} onClose={() => setAsked(null)} />}
      {asked === 'lapse' && <LapseDialog filing={filing} onClose={() => setAsked(null)} />}
      {asked === 'reopen' && <ReopenDialog filing={filing} onClose={() => setAsked(null)} />}
      <Modal open={Boolean(error)} footer={null} onCancel={clear} title={t.error.refused} width={620}>
        <ProblemAlert error={error} onReload={clear} labelOf={labelIn(form.data, pick, error)} />
      </Modal>
      {place}
    </>
  );
}

function labelIn(form: FilingForm | undefined, pick: Parameters<typeof labelsOf>[1], error: unknown) {
  const labels = labelsOf(form, pick, problemParts(error).findings);
  return (field: string) => labels.get(field) ?? field;
}

/** The customer's commands on a filing, those that cannot be undone behind a question. */
function useFilingCommands(filing: Filing) {
  const { t } = useText(filingWords);
  const message = useMessage();
  const [modal, modalPlace] = Modal.useModal();
  const submit = useCommand('submitFiling');
  const withdraw = useCommand('withdrawFiling');
  const abandon = useCommand('abandonFiling');
  const input = { params: { filingId: filing.id }, body: { version: filing.version } };
  const error = submit.error ?? withdraw.error ?? abandon.error;

  const clear = () => {
    submit.reset();
    withdraw.reset();
    abandon.reset();
  };
  const send = () => {
    clear();
    submit.mutate(input, { onSuccess: () => message.success(t.filing.submitted) });
  };
  const askWithdraw = () => {
    clear();
    modal.confirm({
      title: t.filing.withdrawTitle,
      content: t.filing.withdrawLead,
      okText: t.filing.withdraw,
      onOk: () => withdraw.mutateAsync(input).catch(() => undefined),
    });
  };
  const askAbandon = () => {
    clear();
    modal.confirm({
      title: t.filing.abandonTitle,
      content: t.filing.abandonLead,
      okText: t.filing.abandon,
      okButtonProps: { danger: true },
      onOk: () => abandon.mutateAsync(input).catch(() => undefined),
    });
  };
  return { submit, withdraw, abandon, error, clear, send, askWithdraw, askAbandon, place: modalPlace };
}
