import { DeleteOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useNavigate } from 'react-router';
import type { Filing } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { type Objection, withoutObjection } from './opinion.ts';
import { reviewWords } from './words.ts';

interface OpinionPanelProps {
  readonly filing: Filing;
  readonly objections: readonly Objection[];
  readonly labelOf: (field: string | null) => string;
  readonly onChange: (objections: readonly Objection[]) => void;
  readonly onFlagWhole: () => void;
}

/** The reviewer's opinion: pass, or return with everything that was flagged. Never both. */
export function OpinionPanel({ filing, objections, labelOf, onChange, onFlagWhole }: OpinionPanelProps) {
  const { t } = useText(reviewWords);
  const flagged = objections.length > 0;
  const { pass, giveBack, askPass, sendBack } = useOpinion(filing, objections);
  return (
    <Panel title={t.review.opinion}>
      <div className="stack">
        {flagged ? (
          <Objections objections={objections} labelOf={labelOf} onChange={onChange} />
        ) : (
          <p className="soft">{t.review.opinionEmpty}</p>
        )}
        <Button type="link" style={{ justifySelf: 'start', padding: 0 }} onClick={onFlagWhole}>
          {t.review.flagWhole}
        </Button>
        <ProblemAlert error={pass.error ?? giveBack.error} />
        <div className="row">
          <Button type="primary" disabled={flagged} loading={pass.isPending} onClick={askPass}>
            {t.review.pass}
          </Button>
          <Button danger disabled={!flagged} loading={giveBack.isPending} onClick={sendBack}>
            {flagged ? t.review.return(objections.length) : t.review.returnNone}
          </Button>
        </div>
        {flagged && <p className="faint">{t.review.passBlocked}</p>}
      </div>
    </Panel>
  );
}

/** The reviewer's two commands; after either of them the queue is shown. */
function useOpinion(filing: Filing, objections: readonly Objection[]) {
  const { t } = useText(reviewWords);
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  const pass = useCommand('passFiling');
  const giveBack = useCommand('returnFiling');
  const params = { filingId: filing.id };

  const done = (text: string) => {
    message.success(text);
    void navigate('/review');
  };
  const askPass = () =>
    modal.confirm({
      title: t.review.passTitle,
      content: t.review.passLead,
      okText: t.review.pass,
      onOk: async () => {
        try {
          await pass.mutateAsync({ params, body: { version: filing.version } });
          done(t.review.passed);
        } catch {
          // The panel shows what was wrong.
        }
      },
    });
  // Awaited, since this panel is gone by the time the filing on screen is no longer the reviewer's.
  const sendBack = async () => {
    try {
      await giveBack.mutateAsync({ params, body: { version: filing.version, reasons: [...objections] } });
      done(t.review.returned);
    } catch {
      // The panel shows what was wrong.
    }
  };
  return { pass, giveBack, askPass, sendBack };
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
