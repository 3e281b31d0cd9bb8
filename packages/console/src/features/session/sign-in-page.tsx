import { useEffect } from 'react';
import { Link, useLocation } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useQuestion } from '../../api/use-question.ts';
import { useText } from '../../language/language.tsx';
import { LanguageSwitch } from '../../parts/language-switch.tsx';
import { PlainNote } from '../../parts/plain.tsx';
import { LaterFoot, Logo, useBrowserTitle, useProductName } from '../../parts/product.tsx';
import { OtherWays } from './other-ways.tsx';
import { type Credentials, PasswordForm } from './password-form.tsx';
import { rememberSession } from './session-query.ts';
import './sign-in.css';
import { useEnter } from './use-enter.ts';
import { sessionWords } from './words.ts';

/** @param onTyping somebody is about to sign in: what comes after it can be fetched meanwhile */
export function SignInPage({ onTyping }: { readonly onTyping: () => void }) {
  const { t } = useText(sessionWords);
  const entered = useEnter();
  const deployment = useAnswer('getDeployment', {});
  const signIn = useQuestion('signIn');
  const { state } = useLocation();
  useEffect(() => rememberSession(false), []);
  useBrowserTitle(t.signIn.title);
  const enter = (credentials: Credentials) => signIn.mutate({ body: credentials }, { onSuccess: entered });
  return (
    <div className="sign-in">
      <Brand deployment={deployment.data} />
      <main className="sign-in-main" id="main">
        <div className="sign-in-top">
          <LanguageSwitch />
        </div>
        <div className="sign-in-box">
          <h1>{t.signIn.title}</h1>
          {isEnded(state) && (
            <PlainNote role="status" tone="info">
              {t.signIn.ended}
            </PlainNote>
          )}
          <PasswordForm error={signIn.error} pending={signIn.isPending} onEnter={enter} onTyping={onTyping} />
          <OtherWays deployment={deployment.data} />
          {deployment.data?.sample && deployment.data.sampleLogins.length > 0 && (
            <SampleLogins logins={deployment.data.sampleLogins} disabled={signIn.isPending} onEnter={enter} />
          )}
          <p className="sign-in-links">
            {deployment.data?.passwordReset && <Link to="/forgotten">{t.signIn.forgotten}</Link>}
            <Link to="/host">{t.signIn.toHost}</Link>
          </p>
        </div>
        <LaterFoot look={deployment.data?.look} />
      </main>
    </div>
  );
}

/** The session ended while a page was open, or before it was opened again. */
const isEnded = (state: unknown): boolean => typeof state === 'object' && state !== null && 'ended' in state;

type Deployment = AnswerOf<'getDeployment'>;

function Brand({ deployment }: { readonly deployment: Deployment | undefined }) {
  const { t, pick } = useText(sessionWords);
  const name = useProductName();
  return (
    <aside className="sign-in-brand" aria-label={name}>
      <div className="sign-in-mark">
        <Logo size={38} />
        <span>{name}</span>
      </div>
      <div className="sign-in-words">
        <p className="sign-in-tagline">{t.app.tagline}</p>
        <p>{t.signIn.lead}</p>
        <ul>
          {t.signIn.points.map((point) => (
            <li key={point}>
              <Tick /> {point}
            </li>
          ))}
        </ul>
      </div>
      <div className="sign-in-foot">{deployment && pick(deployment.name)}</div>
    </aside>
  );
}

interface SampleLoginsProps {
  readonly logins: Deployment['sampleLogins'];
  readonly disabled: boolean;
  readonly onEnter: (credentials: Credentials) => void;
}

/** Everybody of the sample, one click away. */
function SampleLogins({ logins, disabled, onEnter }: SampleLoginsProps) {
  const { t } = useText(sessionWords);
  return (
    <section className="sample-logins" aria-label={t.signIn.sampleTitle}>
      <h2>{t.signIn.sampleTitle}</h2>
      <p className="faint">{t.signIn.sampleHint}</p>
      <ul>
        {logins.map((sample) => (
          <li key={sample.login}>
            <button
              type="button"
              disabled={disabled}
              onClick={() => onEnter({ login: sample.login, password: sample.password })}
            >
              <span>
                <strong>{sample.displayName}</strong>
                <small>
                  {t.role[sample.role]} · <span className="mono">{sample.login}</span>
                </small>
              </span>
              <Arrow />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const Tick = () => (
  <svg
    width="15"
    height="15"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.4"
    aria-hidden="true"
  >
    <circle cx="8" cy="8" r="6.8" />
    <path d="m5 8.2 2.1 2.1L11.2 6" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
);

const Arrow = () => (
  <svg
    width="14"
    height="14"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.4"
    aria-hidden="true"
  >
    <path d="M2 8h11M9 4l4 4-4 4" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
);
