import { useNavigate } from 'react-router';
import { problemParts } from '../../api/problem-parts.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { useMessage } from '../../parts/message.tsx';
import { nextOf, type QueueFilter, queueParams } from './queue-filter.ts';
import { reviewWords } from './words.ts';

/** The address of a filing's review, which keeps the filter of the queue that it is opened from. */
export function reviewPath(filingId: string | null, filter: QueueFilter): string {
  const search = new URLSearchParams(queueParams(filter)).toString();
  return `/review${filingId === null ? '' : `/${filingId}`}${search === '' ? '' : `?${search}`}`;
}

/** Claims the next filing of the filter and opens it. */
export function useClaimNext(filter: QueueFilter) {
  const { t, pick } = useText(reviewWords);
  const message = useMessage();
  const navigate = useNavigate();
  const claim = useCommand('claimNextFiling', { leaves: true });
  // Awaited, since the page that it is asked from may be gone by the time the answer is there.
  const claimNext = async () => {
    if (claim.isPending) return;
    try {
      const { filing } = await claim.mutateAsync({ body: nextOf(filter) });
      if (filing === null) message.info(t.review.nextNone);
      else void navigate(reviewPath(filing.id, filter));
    } catch (error) {
      message.error(pick(problemParts(error).text));
    }
  };
  return { claimNext: () => void claimNext(), isPending: claim.isPending };
}
