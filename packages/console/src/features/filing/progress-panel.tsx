import { MessageOutlined } from '@ant-design/icons';
import { filingKindTable } from '@openbeian/model/filing';
import { Button } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import type { Filing } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State, type Tone } from '../../parts/state.tsx';
import { useSession } from '../session/session-context.tsx';
import { DueView, useServerNow } from './due-view.tsx';
import { isAsked } from './editable.ts';
import { Owner } from './filing-state.tsx';
import { prepareWords } from './prepare-words.ts';
import { isSmsToCome, progressOf } from './progress.ts';
import { TakeOverButton } from './take-over-button.tsx';
import { filingWords } from './words.ts';

interface ProgressPanelProps {
  readonly filing: Filing;
  readonly sms: AnswerOf<'getFiling'>['sms'];
  readonly handOver: AnswerOf<'getFiling'>['handOver'];
  readonly site: AnswerOf<'getFiling'>['site'];
}

/** The way to the number, and what happens next: who acts, until when, what to do. */
export function ProgressPanel({ filing, sms, handOver, site }: ProgressPanelProps) {
  const { t, pick } = useText(filingWords, prepareWords);
  // It says “you” to whoever files.
  const isCustomer = useSession().role === 'customer';
  const isOfRecord = !filingKindTable[filing.kind].opens;
  const ofRecord = { draft: t.filing.nextOfRecord, filed: t.filing.endedOfRecord };
  const text =
    isOfRecord && (filing.state === 'draft' || filing.state === 'filed')
      ? ofRecord[filing.state]
      : isAsked(filing)
        ? t.filing.nextAsked
        : isSmsToCome(filing.state, sms)
          ? t.filing.smsToCome
          : filing.state === 'filed' && filing.serviceKind === 'app'
            ? t.filing.filedApp
            : t.filing.nextText[filing.state];
  return (
    <Panel>
      <ol className={`way ${filing.state}`} aria-label={t.filing.progress}>
        {progressOf(filing.state, filing.kind).map(({ stage, status }) => (
          <li
            key={stage}
            className={status}
            {...(status === 'current' || status === 'problem' ? { 'aria-current': 'step' as const } : {})}
          >
            {stage === 'filed' && isOfRecord ? t.filing.ended : t.filing.stages[stage]}
          </li>
        ))}
      </ol>
      <div className="next" aria-live="polite">
        <p className="next-text">
          {handOver !== null ? pick(handOver.text) : isCustomer ? text : t.prepare.customerReads(text)}
        </p>
        {handOver?.job && <HandOverJob job={handOver.job} />}
        {handOver?.job && handOver.job.notCarried.length > 0 && <TakeOverButton filing={filing} />}
        {filing.state === 'filed' && filing.serviceNumber && (
          <p className="filing-number">
            <strong>{filing.serviceNumber}</strong>
            <CopyButton text={filing.serviceNumber} />
          </p>
        )}
        {filing.owner !== 'nobody' && <NextFacts filing={filing} site={site} />}
        {sms && <SmsStep sms={sms} />}
      </div>
    </Panel>
  );
}

/** Who acts until when, and whether the site may be reached meanwhile. */
function NextFacts({ filing, site }: Pick<ProgressPanelProps, 'filing' | 'site'>) {
  const { t, pick } = useText(filingWords, prepareWords);
  return (
    <dl className="next-facts">
      <div>
        <dt>{t.filing.owner}</dt>
        <dd>
          <Owner filing={filing} />
        </dd>
      </div>
      {filing.dueAt && (
        <div>
          <dt>{t.filing.dueAt}</dt>
          <dd>
            <DueView dueAt={filing.dueAt} provisional={filing.dueProvisional} />
            <TimeLimit filing={filing} />
          </dd>
        </div>
      )}
      {site && (
        <div>
          <dt>{t.prepare.site}</dt>
          <dd>{pick(site.text)}</dd>
        </div>
      )}
    </dl>
  );
}

/** How long the state may take, and when its customer will be reminded. */
function TimeLimit({ filing }: Pick<ProgressPanelProps, 'filing'>) {
  const { t, instant } = useText(filingWords, prepareWords);
  const now = Date.parse(useServerNow());
  if (filing.limit === null) return null;
  const { amount, unit } = filing.limit;
  const ahead = filing.reminders.filter((at) => Date.parse(at) > now);
  return (
    <div className="faint">
      {t.filing.timeLimit(t.prepare.spans[unit](amount))}
      {ahead.length > 0 && <> · {t.filing.reminders(ahead.map((at) => instant(at)).join(t.form.comma))}</>}
    </div>
  );
}

/** Why it is not with the authority yet, for the provider's people. */
function HandOverJob({ job }: { readonly job: NonNullable<NonNullable<ProgressPanelProps['handOver']>['job']> }) {
  const { t, pick, instant } = useText(filingWords);
  if (job.lastError === null) return null;
  if (job.notCarried.length > 0) {
    return (
      <ul className="soft lines">
        {job.notCarried.map(({ field, message }) => (
          <li key={`${field} ${message.zh}`}>{pick(message)}</li>
        ))}
      </ul>
    );
  }
  return (
    <p className="soft">
      {t.filing.handOverFailed(job.attempts)} {job.lastFault === null ? job.lastError : pick(job.lastFault)}{' '}
      {job.nextAt === null ? t.filing.handOverParked : t.filing.handOverAgain(instant(job.nextAt))}
    </p>
  );
}

const smsTones: Readonly<Record<NonNullable<SmsPerson['state']>, Tone>> = {
  sent: 'info',
  expired: 'warn',
  failed: 'bad',
  confirmed: 'good',
};

type SmsPerson = NonNullable<ProgressPanelProps['sms']>['people'][number];

/** How far one person is, and what is left to them. */
function SmsPersonLine({ person }: { readonly person: SmsPerson }) {
  const { t, pick, instant } = useText(filingWords);
  const { text, mobile, state, stateText, code, codeText, changedAt, resends, resendsLeft, triesLeft } = person;
  return (
    <li>
      <span>{pick(text)}</span>
      <span className="number">{mobile ?? '—'}</span>
      {state !== null && <State tone={smsTones[state]}>{pick(stateText)}</State>}
      {changedAt !== null && state !== 'sent' && <span className="faint">{instant(changedAt)}</span>}
      {state === 'sent' && <span className="faint">{t.filing.smsLeft(triesLeft, resends, resendsLeft)}</span>}
      {codeText !== null && state !== 'confirmed' && (
        <span className="soft">{t.filing.smsCode(code ?? '', pick(codeText))}</span>
      )}
    </li>
  );
}

/** Where the codes of the text messages are entered, and in the sample the phone that shows them. */
function SmsStep({ sms }: { readonly sms: NonNullable<ProgressPanelProps['sms']> }) {
  const { t } = useText(filingWords);
  const deployment = useAnswer('getDeployment', {});
  const phone = deployment.data?.authorityPages?.phone;
  return (
    <section className="sms-step" aria-labelledby="sms-people">
      <h3 id="sms-people">{t.filing.smsPeople}</h3>
      <ul className="sms-people" aria-labelledby="sms-people">
        {sms.people.map((person) => (
          <SmsPersonLine key={person.who} person={person} />
        ))}
      </ul>
      {sms.dueAt !== null && <p className="soft">{t.filing.smsRules(sms.tries, sms.resends)}</p>}
      {sms.dueAt !== null && <p className="faint">{t.filing.smsAnswers}</p>}
      <div className="row">
        {sms.pageUrl && (
          <Button type="primary" icon={<MessageOutlined />} href={sms.pageUrl} target="_blank" rel="noreferrer">
            {t.filing.smsLink}
          </Button>
        )}
        {phone && sms.dueAt !== null && (
          <a href={phone} target="_blank" rel="noreferrer">
            {t.filing.smsPhonePage}
          </a>
        )}
      </div>
    </section>
  );
}
