import { ProblemError } from '@openbeian/contract/calling';
import { type SubmitEvent, useRef, useState } from 'react';
import { useText } from '../../language/language.tsx';
import { PlainButton, PlainField, PlainProblem } from '../../parts/plain.tsx';
import { sessionWords } from './words.ts';

export interface Credentials {
  readonly login: string;
  readonly password: string;
  readonly code?: string;
}

interface PasswordFormProps {
  /** Whose password it is; asked for unless given. */
  readonly login?: string;
  readonly error: Error | null;
  readonly pending: boolean;
  readonly onEnter: (credentials: Credentials) => void;
  readonly onTyping?: () => void;
}

/** Asks for a password, and for a code where one is needed. */
export function PasswordForm({ login: whose, error, pending, onEnter, onTyping }: PasswordFormProps) {
  const { t } = useText(sessionWords);
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const asksCode =
    error instanceof ProblemError &&
    ['auth.second_factor_required', 'auth.wrong_second_factor', 'auth.extra_proof_required'].includes(error.code);
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>;
    const empty = Object.keys(given).filter((name) => given[name] === '');
    setMissing(empty);
    const [first] = empty;
    if (first !== undefined) return form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
    const { login = '', password = '', code } = given;
    onEnter({ login, password, ...(code !== undefined && { code }) });
  };
  const problemAt = (name: string) => (missing.includes(name) ? t.app.required : null);
  return (
    <form ref={form} noValidate onSubmit={send} onInput={onTyping}>
      {whose !== undefined && <input type="hidden" name="login" autoComplete="username" value={whose} />}
      {whose === undefined && (
        <PlainField
          name="login"
          label={t.signIn.login}
          autoComplete="username"
          disabled={pending}
          problem={problemAt('login')}
        />
      )}
      <PlainField
        name="password"
        type="password"
        label={t.signIn.password}
        autoComplete="current-password"
        disabled={pending}
        problem={problemAt('password')}
      />
      {asksCode && (
        <PlainField
          name="code"
          label={t.signIn.code}
          hint={t.signIn.codeHint}
          autoComplete="one-time-code"
          inputMode="numeric"
          disabled={pending}
          problem={problemAt('code')}
        />
      )}
      <PlainProblem error={error} />
      <PlainButton primary type="submit" pending={pending}>
        {t.signIn.submit}
      </PlainButton>
    </form>
  );
}
