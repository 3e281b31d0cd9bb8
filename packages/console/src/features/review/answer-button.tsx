import { Modal } from 'antd';
import { problemParts } from '../../api/problem-parts.ts';
import type { Filing } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { useMessage } from '../../parts/message.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { labelsOf } from '../filing/form-labels.ts';
import { reviewWords } from './words.ts';

/** The customer sends what a reviewer asked for; what is still missing is listed. */
export function AnswerButton({ filing }: { readonly filing: Filing }) {
  const { t, pick } = useText(reviewWords);
  const message = useMessage();
  const answer = useCommand('answerFiling');
  const form = useAnswer('getFilingForm', { params: { filingId: filing.id } });
  const labels = labelsOf(form.data, pick, problemParts(answer.error).findings);
  const send = () =>
    answer.mutate(
      { params: { filingId: filing.id }, body: { version: filing.version } },
      { onSuccess: () => message.success(t.review.answered) },
    );
  return (
    <>
      <WriteButton type="primary" loading={answer.isPending} onClick={send}>
        {t.review.answer}
      </WriteButton>
      <Modal open={answer.isError} footer={null} onCancel={answer.reset} title={t.error.refused} width={620}>
        <ProblemAlert error={answer.error} onReload={answer.reset} labelOf={(field) => labels.get(field) ?? field} />
      </Modal>
    </>
  );
}
