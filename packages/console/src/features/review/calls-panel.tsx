import { type CalledPerson, type CallOutcome, calledPersons, callOutcomes } from '@openbeian/model/filing';
import { Button, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import type { Filing } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { useMessage } from '../../parts/message.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { TimeField } from '../../parts/time-field.tsx';
import { reviewWords } from './words.ts';

interface CallsPanelProps {
  readonly filing: Filing;
  readonly calls: AnswerOf<'getReview'>['calls'];
  readonly mayCall: boolean;
}

/** Calls that were made, when to call again, and a further one to note. */
export function CallsPanel({ filing, calls, mayCall }: CallsPanelProps) {
  const { t, pick, instant } = useText(reviewWords);
  const again = filing.review?.callAgainAt ?? null;
  return (
    <Panel title={t.review.calls}>
      <div className="stack">
        {again !== null && <p>{t.review.callAgain(instant(again))}</p>}
        {calls.beforeReturn > 0 && <p className="faint">{t.review.callsNeeded(calls.beforeReturn)}</p>}
        {calls.made.length > 0 && (
          <ul className="lines">
            {calls.made.map((call) => (
              <li key={`${call.at} ${call.by.id}`}>
                {pick(calledPersons[call.person])} · {pick(callOutcomes[call.outcome])}
                <p className="faint">
                  {instant(call.at)} · {call.by.name ?? call.by.id}
                </p>
              </li>
            ))}
          </ul>
        )}
        {mayCall && <CallForm filing={filing} />}
      </div>
    </Panel>
  );
}

/** Object.keys forgets which keys there are. */
const persons = Object.keys(calledPersons) as CalledPerson[];
/** As `persons`. */
const outcomes = Object.keys(callOutcomes) as CallOutcome[];

function CallForm({ filing }: { readonly filing: Filing }) {
  const { t, pick } = useText(reviewWords);
  const message = useMessage();
  const call = useCommand('recordCall');
  const [person, setPerson] = useState<CalledPerson>('subject_principal');
  const [outcome, setOutcome] = useState<CallOutcome>('not_reached');
  const [againAt, setAgainAt] = useState('');
  const note = () =>
    call.mutate(
      {
        params: { filingId: filing.id },
        body: { person, outcome, ...(againAt !== '' && { againAt: new Date(`${againAt}:00+08:00`).toISOString() }) },
      },
      {
        onSuccess: () => {
          setAgainAt('');
          message.success(t.review.callSaved);
        },
      },
    );
  return (
    <div className="stack">
      <Select
        aria-label={t.review.callPerson}
        value={person}
        onChange={setPerson}
        options={persons.map((value) => ({ value, label: pick(calledPersons[value]) }))}
      />
      <Segmented
        aria-label={t.review.callOutcome}
        value={outcome}
        onChange={setOutcome}
        options={outcomes.map((value) => ({ value, label: pick(callOutcomes[value]) }))}
      />
      {outcome !== 'reached' && (
        <div>
          <p>{t.review.callAt}</p>
          <TimeField aria-label={t.review.callAt} value={againAt} onChange={setAgainAt} />
          <p className="faint">{t.review.callAtHint}</p>
        </div>
      )}
      <ProblemAlert error={call.error} />
      <Button loading={call.isPending} onClick={note} style={{ justifySelf: 'start' }}>
        {t.review.callAdd}
      </Button>
    </div>
  );
}
