import { callOutcomes } from '@openbeian/model/filing';
import type { Filing } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { State } from '../../parts/state.tsx';
import { reviewWords } from './words.ts';

/** Is anything particular about it? */
export const hasMarks = ({ review }: Filing): boolean =>
  review !== null &&
  (review.secondLook ||
    review.askedAt !== null ||
    review.round > 1 ||
    review.lastCall !== null ||
    review.callAgainAt !== null);

/** What is particular about a filing under review: a second look, an open question, calls, that it came before. */
export function ReviewMarks({ filing: { review } }: { readonly filing: Filing }) {
  const { t, pick, instant } = useText(reviewWords);
  if (review === null) return null;
  const { round, secondLook, askedAt, callsMissed, lastCall, callAgainAt } = review;
  return (
    <div className="review-marks">
      {secondLook && <State tone="info">{t.review.secondLook}</State>}
      {askedAt !== null && <State tone="quiet">{t.review.asked}</State>}
      {round > 1 && <span className="faint">{t.review.round(round)}</span>}
      {lastCall !== null && (
        <span className="faint">
          {callsMissed > 0 ? t.review.callsMissed(callsMissed) : pick(callOutcomes[lastCall])}
        </span>
      )}
      {callAgainAt !== null && <span className="faint">{t.review.callAgain(instant(callAgainAt))}</span>}
    </div>
  );
}
