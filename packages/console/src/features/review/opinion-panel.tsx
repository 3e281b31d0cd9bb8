import { DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Filing } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { type Objection, withoutObjection } from './opinion.ts';
import type { Opinion } from './use-opinion.tsx';
import { reviewWords } from './words.ts';

interface OpinionPanelProps {
  readonly filing: Filing;
  readonly opinion: Opinion;
  readonly objections: readonly Objection[];
  readonly labelOf: (field: string | null) => string;
  readonly onChange: (objections: readonly Objection[]) => void;
  readonly onFlagWhole: () => void;
}

/** The reviewer's opinion: pass, return with everything that was flagged, or ask the customer for it. */
export function OpinionPanel({ filing, opinion, objections, labelOf, onChange, onFlagWhole }: OpinionPanelProps) {
  const { t } = useText(reviewWords);
  const flagged = objections.length > 0;
  const isAsked = filing.review?.askedAt != null;
  return (
    <Panel title={t.review.opinion}>
      {opinion.passPlace}
      <div className="stack">
        {filing.review?.secondLook && <p className="soft">{t.review.secondLead}</p>}
        {isAsked && <p className="soft">{t.review.askOpen}</p>}
        {flagged ? (
          <Objections objections={objections} labelOf={labelOf} onChange={onChange} />
        ) : (
          <p className="soft">{t.review.opinionEmpty}</p>
        )}
        <Button type="link" style={{ justifySelf: 'start', padding: 0 }} onClick={onFlagWhole}>
          {t.review.flagWhole}
        </Button>
        <ProblemAlert error={opinion.error} />
        <div className="row">
          <Button type="primary" disabled={!opinion.mayPass} loading={opinion.isPassing} onClick={opinion.askPass}>
            {t.review.pass} <kbd aria-hidden="true">P</kbd>
          </Button>
          <Button danger disabled={!opinion.mayReturn} loading={opinion.isReturning} onClick={opinion.sendBack}>
            {flagged ? t.review.return(objections.length) : t.review.returnNone} <kbd aria-hidden="true">R</kbd>
          </Button>
          {flagged && !isAsked && (
            <Button disabled={!opinion.mayAsk} loading={opinion.isAsking} onClick={opinion.sendQuestion}>
              {t.review.ask(objections.length)} <kbd aria-hidden="true">A</kbd>
            </Button>
          )}
        </div>
        {flagged && <p className="faint">{t.review.passBlocked}</p>}
        {flagged && !isAsked && <p className="faint">{opinion.mayAsk ? t.review.askLead : t.review.askNeedsFields}</p>}
      </div>
    </Panel>
  );
}

type ObjectionsProps = Pick<OpinionPanelProps, 'objections' | 'labelOf' | 'onChange'>;

/** What was flagged, each with its reason, to be taken back. */
function Objections({ objections, labelOf, onChange }: ObjectionsProps) {
  const { t, pick } = useText(reviewWords);
  const catalogue = useAnswer('listReturnReasons', {});
  const messageOf = (reasonId: string) => {
    const reason = catalogue.data?.reasons.find((one) => one.id === reasonId);
    return reason ? pick(reason.message) : reasonId;
  };
  return (
    <ul className="lines">
      {objections.map((one) => (
        <li key={`${one.field} ${one.reasonId}`}>
          <div className="row" style={{ flexWrap: 'nowrap', justifyContent: 'space-between' }}>
            <strong>{labelOf(one.field)}</strong>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={`${t.review.remove}: ${labelOf(one.field)}`}
              onClick={() => onChange(withoutObjection(objections, one))}
            />
          </div>
          <p>{messageOf(one.reasonId)}</p>
          {one.comment && <p className="soft wrap">{one.comment}</p>}
        </li>
      ))}
    </ul>
  );
}
