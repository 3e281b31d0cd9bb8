import { problemParts } from '../../api/problem-parts.ts';
import type { Filing } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { useMessage } from '../../parts/message.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { reviewWords } from './words.ts';

/** The customer sends what a reviewer asked for. */
export function AnswerButton({ filing }: { readonly filing: Filing }) {
  const { t, pick } = useText(reviewWords);
  const message = useMessage();
  const answer = useCommand('answerFiling');
  const send = () =>
    answer.mutate(
      { params: { filingId: filing.id }, body: { version: filing.version } },
      {
        onSuccess: () => message.success(t.review.answered),
        onError: (error) => message.error(pick(problemParts(error).text)),
      },
    );
  return (
    <WriteButton type="primary" loading={answer.isPending} onClick={send}>
      {t.review.answer}
    </WriteButton>
  );
}
