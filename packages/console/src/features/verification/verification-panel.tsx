import type { VerificationState } from '@openbeian/model/verification';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Filing, VerifiedPerson } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { State, type Tone } from '../../parts/state.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { verificationWords } from './words.ts';

const tones: Readonly<Record<VerificationState, Tone>> = {
  not_started: 'quiet',
  waiting: 'info',
  link_expired: 'warn',
  passed: 'good',
  failed: 'bad',
  expired: 'warn',
  changed: 'warn',
};

/** What the button to start says. */
const startWords = {
  not_started: 'start',
  waiting: 'newLink',
  link_expired: 'newLink',
  passed: 'again',
  failed: 'again',
  expired: 'again',
  changed: 'again',
} as const satisfies Readonly<Record<VerificationState, string>>;

interface VerificationPanelProps {
  readonly filing: Filing;
  /** The customer may start verifications now. */
  readonly mayStart?: boolean;
  /** The reviewer may decide now. */
  readonly mayDecide?: boolean;
}

/** Whose identity is verified for a filing and how far each of them is; nothing where nobody is. */
export function VerificationPanel({ filing, mayStart = false, mayDecide = false }: VerificationPanelProps) {
  const { t } = useText(verificationWords);
  const input = { params: { filingId: filing.id } };
  // The result comes by itself.
  const found = useAnswer('getVerification', input, { refreshMs: 15_000 });
  if (found.data?.persons.length === 0) return null;
  return (
    <div id="verification" className="anchor">
      <Panel title={t.verification.title}>
        <Loaded query={found}>
          {({ persons, isRequired }) => (
            <div className="stack">
              {!isRequired && mayStart && <p className="soft">{t.verification.optional}</p>}
              {persons.map((person) => (
                <Person key={person.role} filing={filing} person={person} mayStart={mayStart} mayDecide={mayDecide} />
              ))}
            </div>
          )}
        </Loaded>
      </Panel>
    </div>
  );
}

interface PersonProps extends Required<VerificationPanelProps> {
  readonly person: VerifiedPerson;
}

function Person({ filing, person, mayStart, mayDecide }: PersonProps) {
  const { t, pick } = useText(verificationWords);
  const [deciding, setDeciding] = useState(false);
  return (
    <section className="stack" aria-label={pick(person.roleText)}>
      <div className="row">
        <strong>
          {pick(person.roleText)} {person.name}
        </strong>
        <State tone={tones[person.state]}>{pick(person.stateText)}</State>
        <span className="faint">{pick(person.wayText)}</span>
      </div>
      <Result person={person} mayStart={mayStart} />
      {person.by === 'reviewer' && person.state !== 'passed' && (mayStart || filing.state === 'awaiting_review') && (
        <p className="soft">
          {/* What to hand in is said to who still can. */}
          {mayStart ? `${pick(person.fallbackText)} ${t.verification.byReviewer}` : t.verification.atReviewer}{' '}
          {mayStart && person.way === 'sheet' && (
            <Link to={`/filings/${filing.id}/form?field=materials.verification.whole`}>{t.verification.upload}</Link>
          )}
        </p>
      )}
      {mayStart && person.isElectronicPossible && <Starts filing={filing} person={person} />}
      {mayDecide && (
        <div className="row">
          <WriteButton onClick={() => setDeciding(true)}>
            {person.state === 'passed' ? t.verification.decideAgain : t.verification.decide}
          </WriteButton>
        </div>
      )}
      {deciding && <DecideDialog filing={filing} person={person} onClose={() => setDeciding(false)} />}
    </section>
  );
}

/** What came of it, until when it counts, and what to do where it failed. */
function Result({ person, mayStart }: Pick<PersonProps, 'person' | 'mayStart'>) {
  const { t, pick, instant } = useText(verificationWords);
  const { state, resultAt, validUntil, reasonText, remedy, comment } = person;
  return (
    <>
      {state === 'failed' && reasonText !== null && (
        <p>
          {pick(reasonText)} {remedy !== null && <span className="soft">{pick(remedy)}</span>}
        </p>
      )}
      {state === 'passed' && validUntil !== null && (
        <p className="soft">
          {resultAt !== null && t.verification.seenAt(instant(resultAt))} ·{' '}
          {t.verification.validUntil(instant(validUntil), person.daysGood)} {mayStart && t.verification.submitBefore}
        </p>
      )}
      {comment !== '' && <p className="soft">{t.verification.comment(comment)}</p>}
    </>
  );
}

/** The link, and a new one; or the other way, about which a reviewer decides. */
function Starts({ filing, person }: Pick<PersonProps, 'filing' | 'person'>) {
  const { t, instant } = useText(verificationWords);
  const start = useCommand('startVerification');
  const { role, state, link, linkUntil, startsLeft } = person;
  const begin = (otherWay: boolean) =>
    start.mutate({ params: { filingId: filing.id }, body: { version: filing.version, role, otherWay } });
  const isByPhone = person.way === 'electronic';
  return (
    <>
      {link !== null && (
        <>
          <p>{t.verification.linkLead(linkUntil === null ? '' : instant(linkUntil))}</p>
          <div className="row">
            <a href={link} target="_blank" rel="noreferrer">
              {t.verification.link}
            </a>
            <CopyButton text={link} label={t.verification.copyLink} type="default" />
          </div>
        </>
      )}
      <ProblemAlert error={start.error} />
      <div className="row">
        {(!isByPhone || state !== 'passed') && (
          <WriteButton
            type={isByPhone && state !== 'waiting' ? 'primary' : 'default'}
            loading={start.isPending}
            disabled={startsLeft === 0}
            onClick={() => begin(false)}
          >
            {isByPhone ? t.verification[startWords[state]] : t.verification.electronic}
          </WriteButton>
        )}
        {isByPhone && state !== 'passed' && (
          <WriteButton type="link" style={{ paddingInline: 0 }} onClick={() => begin(true)}>
            {t.verification.other}
          </WriteButton>
        )}
        {isByPhone && state !== 'passed' && <span className="faint">{t.verification.startsLeft(startsLeft)}</span>}
      </div>
    </>
  );
}
