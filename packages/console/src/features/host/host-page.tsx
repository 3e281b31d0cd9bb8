import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { type Article, articlesOn, useHelp } from '../../parts/help-context.ts';
import { HelpLink } from '../../parts/help-link.tsx';
import { hostOf } from '../../parts/host-of.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Particulars } from '../../parts/particulars.tsx';
import { State, type Tone } from '../../parts/state.tsx';
import { useVisitorSession } from '../session/session-query.ts';
import { hostWords } from './words.ts';

const tones: Readonly<Record<AnswerOf<'explainHost'>['outcome'], Tone>> = {
  allow: 'good',
  block: 'bad',
  indeterminate: 'warn',
};

/** Why is this name served or blocked? The question is in the address, so that the answer can be sent to somebody. */
export function HostPage() {
  const { t } = useText(hostWords);
  const [params, setParams] = useSearchParams();
  const host = params.get('host') ?? '';
  const [typed, setTyped] = useState(host);
  const answer = useAnswer('explainHost', { query: { host } }, { enabled: host !== '' });
  const ask = (event: FormEvent) => {
    event.preventDefault();
    const wanted = hostOf(typed);
    if (wanted === '') return;
    if (wanted === host) void answer.refetch();
    else setParams({ host: wanted });
  };
  return (
    <Page title={t.host.title} lead={t.host.lead} topic="page:host">
      <Panel>
        <form onSubmit={ask} className="row" style={{ maxWidth: 640 }}>
          <Input
            size="large"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder={t.host.placeholder}
            aria-label={t.host.label}
            autoComplete="off"
            spellCheck={false}
            style={{ flex: '1 1 220px' }}
          />
          <Button type="primary" size="large" htmlType="submit" loading={answer.isFetching}>
            {t.host.ask}
          </Button>
        </form>
      </Panel>
      <div aria-live="polite">
        {host !== '' && <Loaded query={answer}>{(found) => <HostAnswer answer={found} />}</Loaded>}
      </div>
    </Page>
  );
}

function HostAnswer({ answer }: { readonly answer: AnswerOf<'explainHost'> }) {
  const { t, pick, day } = useText(hostWords);
  return (
    <Panel>
      <div className="stack">
        <div className="row">
          <strong className="wrap" style={{ fontSize: 17 }}>
            {answer.host}
          </strong>
          <State pill tone={tones[answer.outcome]}>
            {t.host.outcome[answer.outcome]}
          </State>
        </div>
        <p>
          {pick(answer.message)} <HelpLink topic={`reason:${answer.reason}`} small />{' '}
          <Particulars code={answer.reason} />
        </p>
        {answer.next && (
          <p className="remedy-line">
            <b>{t.host.next}</b> {pick(answer.next)}
          </p>
        )}
        <dl className="facts">
          {answer.filingDomain && (
            <div>
              <dt>{t.host.filingDomain}</dt>
              <dd>{answer.filingDomain}</dd>
            </div>
          )}
          <div>
            <dt>{t.app.time}</dt>
            <dd>{day(answer.at)}</dd>
          </div>
        </dl>
        <FileIt answer={answer} />
        <RelatedQuestions answer={answer} />
      </div>
    </Panel>
  );
}

/** The way on for its owner, where a filing is what is missing; who is not signed in is asked to first. */
function FileIt({ answer }: { readonly answer: AnswerOf<'explainHost'> }) {
  const { t } = useText(hostWords);
  const session = useVisitorSession();
  const isForCustomers = session.data == null || session.data.role === 'customer';
  if (answer.reason !== 'unfiled' || answer.filingDomain === null || !isForCustomers) return null;
  return (
    <div>
      <Link to={`/filings/new?name=${encodeURIComponent(answer.filingDomain)}`}>
        <Button>{t.host.fileIt(answer.filingDomain)}</Button>
      </Link>
    </div>
  );
}

/** What people ask about this answer, each leading to its text; nothing where nobody asks. */
function RelatedQuestions({ answer }: { readonly answer: AnswerOf<'explainHost'> }) {
  const { t, pick } = useText(hostWords);
  const { articles } = useHelp();
  const asked = questionsOn(articles, answer.topics);
  if (asked.length === 0) return null;
  return (
    <div>
      <h3 className="part">{t.host.related}</h3>
      <ul className="questions">
        {asked.map(({ id, title }) => (
          <li key={id}>
            <Link to={`/help#${id}`}>{pick(title)}</Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Few enough to read them all. */
const mostQuestions = 5;

function questionsOn(articles: readonly Article[], topics: readonly string[]): readonly Article[] {
  return [...new Set(topics.flatMap((topic) => articlesOn(articles, topic)))].slice(0, mostQuestions);
}
