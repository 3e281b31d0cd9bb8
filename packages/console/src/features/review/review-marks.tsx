import { callOutcomes } from '@openbeian/model/filing';
import type { Filing } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { State } from '../../parts/state.tsx';
import { reviewWords } from './words.ts';

type Review = NonNullable<Filing['review']>;

/** What can be particular about a filing under review: when it is. */
const marks = {
  secondLook: ({ secondLook }: Review) => secondLook,
  asked: ({ askedAt }: Review) => askedAt !== null,
  round: ({ round }: Review) => round > 1,
  lastCall: ({ lastCall }: Review) => lastCall !== null,
  callAgain: ({ callAgainAt }: Review) => callAgainAt !== null,
};
type MarkName = keyof typeof marks;

/** Object.keys forgets which keys there are. */
const marksOf = ({ review }: Filing): MarkName[] =>
  review === null ? [] : (Object.keys(marks) as MarkName[]).filter((mark) => marks[mark](review));

/** Is anything particular about it? */
export const hasMarks = (filing: Filing): boolean => marksOf(filing).length > 0;

/** What is particular about a filing under review: a second look, an open question, calls, that it came before. */
export function ReviewMarks({ filing }: { readonly filing: Filing }) {
  if (filing.review === null) return null;
  const { review } = filing;
  return (
    <div className="review-marks">
      {marksOf(filing).map((mark) => (
        <Mark key={mark} mark={mark} review={review} />
      ))}
    </div>
  );
}

function Mark({ mark, review }: { readonly mark: MarkName; readonly review: Review }) {
  const { t, pick, instant } = useText(reviewWords);
  const { round, callsMissed, lastCall, callAgainAt } = review;
  if (mark === 'secondLook') return <State tone="info">{t.review.secondLook}</State>;
  if (mark === 'asked') return <State tone="quiet">{t.review.asked}</State>;
  const said = {
    round: t.review.round(round),
    lastCall: callsMissed > 0 ? t.review.callsMissed(callsMissed) : lastCall && pick(callOutcomes[lastCall]),
    callAgain: callAgainAt && t.review.callAgain(instant(callAgainAt)),
  };
  return <span className="faint">{said[mark]}</span>;
}
