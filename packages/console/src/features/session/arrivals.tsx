import { Alert, Button, Descriptions, Form, Input } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useQuestion } from '../../api/use-question.ts';
import { useText } from '../../language/language.tsx';
import { LanguageSwitch } from '../../parts/language-switch.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useBrowserTitle } from '../../parts/product.tsx';
import { filingWords } from '../filing/words.ts';
import { resourceWords } from '../resource/words.ts';
import { useSessionQuery } from './session-query.ts';
import './sign-in.css';
import { arrivalWords } from './arrival-words.ts';
import { useEnter } from './use-enter.ts';
import { sessionWords } from './words.ts';

function Arrival({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { t } = useText(sessionWords);
  useBrowserTitle(title);
  return (
    <main className="sign-in-main" id="main">
      <div className="sign-in-top">
        <LanguageSwitch />
      </div>
      <div className="sign-in-box">
        <h1>{title}</h1>
        {children}
        <p className="sign-in-links">
          <Link to="/sign-in">{t.signIn.title}</Link>
        </p>
      </div>
    </main>
  );
}

/**
 * A page for the secret after `#`, which is taken out of the address bar so that it is in no history. A browser that is at
 * such a page already loads nothing when another link is opened there: the page begins again for that one.
 */
function withSecret(Arrived: (props: { readonly secret: string }) => ReactNode) {
  return function SecretPage() {
    const { hash, pathname } = useLocation();
    const navigate = useNavigate();
    const [secret, setSecret] = useState(() => hash.slice(1));
    useEffect(() => {
      if (hash === '') return;
      setSecret(hash.slice(1));
      void navigate(pathname, { replace: true });
    }, [hash, pathname, navigate]);
    return secret.length < shortestSecret ? <CutLink /> : <Arrived key={secret} secret={secret} />;
  };
}

/** What is shorter is no secret of ours: the link was cut off where it was copied. */
const shortestSecret = 20;

function CutLink() {
  const { t } = useText(sessionWords, arrivalWords);
  return (
    <Arrival title={t.arrival.linkTitle}>
      <p role="status">{t.arrival.linkCut}</p>
    </Arrival>
  );
}

/** Sets a password by the one-time link of an invitation or a reset, or unlocks sign-in. */
export const LinkPage = withSecret(({ secret: token }) => {
  const { t } = useText(sessionWords, arrivalWords);
  const link = useAnswer('openLink', { body: { token } });
  const use = useQuestion('useLink');
  return (
    <Arrival title={t.arrival.linkTitle}>
      {use.data ? (
        <p role="status">
          {link.data?.purpose === 'unlock' ? t.arrival.unlockDone(use.data.login) : t.arrival.linkDone(use.data.login)}
        </p>
      ) : (
        <Loaded query={link}>
          {({ purpose, login, displayName }) =>
            purpose === 'unlock' ? (
              <div className="stack">
                <p>{t.arrival.unlockLead(displayName, login)}</p>
                <ProblemAlert error={use.error} />
                <Button
                  type="primary"
                  size="large"
                  block
                  loading={use.isPending}
                  onClick={() => use.mutate({ body: { token } })}
                >
                  {t.arrival.unlock}
                </Button>
              </div>
            ) : (
              <NewPassword
                lead={t.arrival.linkLead[purpose](displayName, login)}
                login={login}
                use={use}
                onSet={(password) => use.mutate({ body: { token, password } })}
              />
            )
          }
        </Loaded>
      )}
    </Arrival>
  );
});

interface NewPasswordParts {
  readonly lead: string;
  readonly login: string;
  readonly use: { readonly error: Error | null; readonly isPending: boolean };
  readonly onSet: (password: string) => void;
}

function NewPassword({ lead, login, use, onSet }: NewPasswordParts) {
  const { t } = useText(sessionWords, arrivalWords);
  const [form] = Form.useForm<{ password: string; again: string }>();
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={({ password }) => onSet(password)}>
      <p>{lead}</p>
      <input type="hidden" name="username" autoComplete="username" value={login} readOnly />
      <Form.Item
        name="password"
        label={t.arrival.newPassword}
        extra={t.arrival.passwordHint}
        rules={[{ required: true, message: t.app.required }]}
      >
        <Input.Password size="large" autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t.arrival.again}
        dependencies={['password']}
        rules={[
          { required: true, message: t.app.required },
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(t.arrival.notTheSame)),
          }),
        ]}
      >
        <Input.Password size="large" autoComplete="new-password" />
      </Form.Item>
      <ProblemAlert error={use.error} form={form} />
      <Button type="primary" htmlType="submit" size="large" block loading={use.isPending}>
        {t.arrival.setPassword}
      </Button>
    </Form>
  );
}

/** Asks for a link by mail. */
export function ForgottenPage() {
  const { t } = useText(sessionWords, arrivalWords);
  const ask = useQuestion('requestPasswordReset');
  return (
    <Arrival title={t.signIn.forgotten}>
      {ask.data ? (
        <p role="status">{t.arrival.forgottenDone}</p>
      ) : (
        <Form<{ login: string }>
          layout="vertical"
          requiredMark={false}
          onFinish={({ login }) => ask.mutate({ body: { login } })}
        >
          <Form.Item name="login" label={t.signIn.login} rules={[{ required: true, message: t.app.required }]}>
            <Input size="large" autoComplete="username" />
          </Form.Item>
          <ProblemAlert error={ask.error} />
          <Button type="primary" htmlType="submit" size="large" block loading={ask.isPending}>
            {t.arrival.sendLink}
          </Button>
        </Form>
      )}
    </Arrival>
  );
}

/**
 * Comes from the provider's portal. Nobody is signed in by opening a link alone: somebody else may have sent it, to see what
 * is then entered in an account of theirs. The person sees whose account it is, and who is signed in now, and confirms.
 */
export const TicketPage = withSecret(({ secret: ticket }) => {
  const { t, word } = useText(sessionWords, arrivalWords, filingWords, resourceWords);
  const session = useSessionQuery();
  const enter = useEnter();
  const whose = useAnswer('openTicket', { body: { ticket } });
  const signIn = useQuestion('signInWithTicket');
  return (
    <Arrival title={t.arrival.ticketConfirmTitle}>
      <Loaded query={whose}>
        {({ displayName, accountId, accountName, realName }) => (
          <div className="stack">
            <p>{t.arrival.ticketLead}</p>
            <Descriptions
              column={1}
              size="small"
              items={[
                { key: 'person', label: t.arrival.ticketPerson, children: displayName },
                {
                  key: 'account',
                  label: t.arrival.ticketAccount,
                  children: (
                    <span className="wrap">
                      {accountName} <span className="mono">{accountId}</span> {word(t.factValue, realName)}
                    </span>
                  ),
                },
              ]}
            />
            {session.data && <Alert type="warning" showIcon title={t.arrival.ticketOther(session.data.displayName)} />}
            <ProblemAlert error={signIn.error} />
            <Button
              type="primary"
              size="large"
              block
              loading={signIn.isPending}
              disabled={session.isPending}
              onClick={() => signIn.mutate({ body: { ticket } }, { onSuccess: enter })}
            >
              {t.arrival.ticketGo}
            </Button>
          </div>
        )}
      </Loaded>
    </Arrival>
  );
});

/** Comes back from the provider's own sign-in; what it brought along is taken out of the address bar, as it is used once. */
export function OidcPage() {
  const { t } = useText(sessionWords, arrivalWords);
  const { search, pathname } = useLocation();
  const enter = useEnter();
  const signIn = useQuestion('signInWithOidc');
  const sent = useRef(false);
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    window.history.replaceState(window.history.state, '', pathname);
    const side = pathname.startsWith('/oidc/customers') ? ('customers' as const) : ('staff' as const);
    signIn.mutate({ body: { side, query: search.slice(1) } }, { onSuccess: enter });
  });
  return (
    <Arrival title={signIn.error === null ? t.arrival.ticketTitle : t.arrival.notSignedIn}>
      <ProblemAlert error={signIn.error} />
    </Arrival>
  );
}
