import { ArrowRightOutlined, CheckCircleOutlined } from '@ant-design/icons';
import { ProblemError } from '@openbeian/contract/client';
import { Button, Form, Input } from 'antd';
import { useEffect } from 'react';
import { Link } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useQuestion } from '../../api/use-question.ts';
import { useText } from '../../language/language.tsx';
import { LanguageSwitch } from '../../parts/language-switch.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { OtherWays } from './other-ways.tsx';
import './sign-in.css';
import { useEnter } from './use-enter.ts';
import { sessionWords } from './words.ts';

interface Credentials {
  readonly login: string;
  readonly password: string;
  readonly code?: string;
}

export function SignInPage() {
  const { t } = useText(sessionWords);
  const entered = useEnter();
  const deployment = useAnswer('getDeployment', {});
  const signIn = useQuestion('signIn');
  useEffect(() => {
    document.title = `${t.signIn.title} · OpenBeian`;
  }, [t]);

  const enter = (credentials: Credentials) => signIn.mutate({ body: credentials }, { onSuccess: entered });
  const asksCode =
    signIn.error instanceof ProblemError &&
    ['auth.second_factor_required', 'auth.wrong_second_factor', 'auth.extra_proof_required'].includes(
      signIn.error.code,
    );

  return (
    <div className="sign-in">
      <Brand deployment={deployment.data} />
      <main className="sign-in-main" id="main">
        <div className="sign-in-top">
          <LanguageSwitch />
        </div>
        <div className="sign-in-box">
          <h1>{t.signIn.title}</h1>
          <Form<Credentials> layout="vertical" requiredMark={false} onFinish={enter} disabled={signIn.isPending}>
            <Form.Item name="login" label={t.signIn.login} rules={[{ required: true, message: t.app.required }]}>
              <Input size="large" autoComplete="username" />
            </Form.Item>
            <Form.Item name="password" label={t.signIn.password} rules={[{ required: true, message: t.app.required }]}>
              <Input.Password size="large" autoComplete="current-password" />
            </Form.Item>
            {asksCode && (
              <Form.Item
                name="code"
                label={t.signIn.code}
                extra={t.signIn.codeHint}
                rules={[{ required: true, message: t.app.required }]}
              >
                <Input size="large" autoComplete="one-time-code" />
              </Form.Item>
            )}
            <ProblemAlert error={signIn.error} />
            <Button type="primary" htmlType="submit" size="large" block loading={signIn.isPending}>
              {t.signIn.submit}
            </Button>
          </Form>
          <OtherWays deployment={deployment.data} />
          {deployment.data?.sample && deployment.data.sampleLogins.length > 0 && (
            <SampleLogins logins={deployment.data.sampleLogins} disabled={signIn.isPending} onEnter={enter} />
          )}
          <p className="sign-in-links">
            {deployment.data?.passwordReset && <Link to="/forgotten">{t.signIn.forgotten}</Link>}
            <Link to="/host">{t.signIn.toHost}</Link>
          </p>
        </div>
      </main>
    </div>
  );
}

type Deployment = AnswerOf<'getDeployment'>;

function Brand({ deployment }: { readonly deployment: Deployment | undefined }) {
  const { t, pick } = useText(sessionWords);
  return (
    <aside className="sign-in-brand" aria-label="OpenBeian">
      <div className="sign-in-mark">
        <img src="/logo.svg" alt="" width={38} height={38} />
        <span>OpenBeian</span>
      </div>
      <div className="sign-in-words">
        <p className="sign-in-tagline">{t.app.tagline}</p>
        <p>{t.signIn.lead}</p>
        <ul>
          {t.signIn.points.map((point) => (
            <li key={point}>
              <CheckCircleOutlined aria-hidden="true" /> {point}
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
              <ArrowRightOutlined aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
