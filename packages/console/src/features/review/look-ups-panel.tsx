import { Button } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { State, type Tone } from '../../parts/state.tsx';
import { lookUpWords } from './look-up-words.ts';

type LookUps = AnswerOf<'getReview'>['lookUps'];

const tones: Readonly<Record<LookUps[number]['state'], Tone>> = {
  answered: 'good',
  failed: 'warn',
  not_asked: 'quiet',
};

interface LookUpsPanelProps {
  readonly filingId: string;
  readonly lookUps: LookUps;
  /** May the asker have all asked again? */
  readonly mayAsk: boolean;
}

/** What services outside said, when, and who; what nobody is asked is the reviewer’s to look at. */
export function LookUpsPanel({ filingId, lookUps, mayAsk }: LookUpsPanelProps) {
  const { t } = useText(lookUpWords);
  const refresh = useCommand('refreshLookUps');
  const areAsked = lookUps.some(({ isAsked }) => isAsked);
  return (
    <Panel
      title={t.lookUp.title}
      actions={
        mayAsk &&
        areAsked && (
          <Button
            size="small"
            loading={refresh.isPending}
            onClick={() => refresh.mutate({ params: { filingId }, body: {} })}
          >
            {t.lookUp.again}
          </Button>
        )
      }
    >
      <ProblemAlert error={refresh.error} />
      <ul className="lines">
        {lookUps.map((one) => (
          <LookUpLine key={one.name} lookUp={one} />
        ))}
      </ul>
    </Panel>
  );
}

function LookUpLine({ lookUp }: { readonly lookUp: LookUps[number] }) {
  const { t, pick, instant } = useText(lookUpWords);
  const { name, state, askedAt, source, said, isUsed, nextAt } = lookUp;
  return (
    <li>
      <div className="row">
        <strong>{t.lookUp.names[name]}</strong>
        <State tone={tones[state]}>{t.lookUp.states[state]}</State>
      </div>
      <p className="wrap">{pick(said)}</p>
      {askedAt !== null && (
        <p className="faint wrap">
          {t.lookUp.askedAt(instant(askedAt))}
          {source !== null && ` · ${source}`}
        </p>
      )}
      {state === 'answered' && !isUsed && <p className="faint">{t.lookUp.notUsed}</p>}
      {nextAt !== null && <p className="faint">{t.lookUp.nextAt(instant(nextAt))}</p>}
    </li>
  );
}
