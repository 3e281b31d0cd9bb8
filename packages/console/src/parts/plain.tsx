import { type ButtonHTMLAttributes, type InputHTMLAttributes, type ReactNode, useId, useState } from 'react';
import { problemParts } from '../api/problem-parts.ts';
import { useText } from '../language/language.tsx';
import './plain.css';

// Elements of the pages that must be there at once, or where the rest cannot be fetched. They look like those of the component
// library, which weighs more than all else of such a page.

interface PlainButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly primary?: boolean;
  /** What it began is under way; it cannot be begun twice. */
  readonly pending?: boolean;
}

export function PlainButton({ primary = false, pending = false, disabled, children, ...rest }: PlainButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={primary ? 'plain-button primary' : 'plain-button'}
      disabled={disabled === true || pending}
      aria-busy={pending}
    >
      {pending && <i className="plain-spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}

interface PlainFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with it; it is said below the field. */
  readonly problem: string | null;
}

/** One line of text with its label. Passwords can be looked at. */
export function PlainField({ label, hint, problem, type = 'text', ...rest }: PlainFieldProps) {
  const { t } = useText();
  const id = useId();
  const [isSeen, setSeen] = useState(false);
  const isSecret = type === 'password';
  return (
    <div className="plain-field">
      <label htmlFor={id}>{label}</label>
      <div>
        <input
          {...rest}
          id={id}
          type={isSecret && isSeen ? 'text' : type}
          aria-invalid={problem !== null}
          aria-describedby={problem !== null || hint ? `${id}-note` : undefined}
        />
        {isSecret && (
          <button type="button" aria-pressed={isSeen} onClick={() => setSeen(!isSeen)}>
            {isSeen ? t.app.hide : t.app.show}
          </button>
        )}
      </div>
      {(problem !== null || hint) && (
        <p id={`${id}-note`} className={problem === null ? 'hint' : 'problem'}>
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}

/** What the server refused, and what to do about it. */
export function PlainProblem({ error }: { readonly error: unknown }) {
  const { t, pick } = useText();
  if (!error) return null;
  const { text, places, retryAfterSeconds, errorId } = problemParts(error);
  return (
    <PlainNote role="alert" tone="bad">
      <strong>{pick(text)}</strong>
      {places.map((place) => (
        <p key={`${place.path} ${place.text.en}`}>{pick(place.text)}</p>
      ))}
      {retryAfterSeconds !== null && <p>{t.error.retryAfter(retryAfterSeconds)}</p>}
      {errorId && (
        <p className="faint">
          {t.error.errorId} <span className="mono">{errorId}</span>
        </p>
      )}
    </PlainNote>
  );
}

interface PlainNoteProps {
  readonly role: 'alert' | 'status';
  readonly tone: 'bad' | 'info';
  readonly children: ReactNode;
}

/** A few words in a frame of their own. */
export function PlainNote({ role, tone, children }: PlainNoteProps) {
  return (
    <div role={role} className={`plain-note ${tone}`}>
      {children}
    </div>
  );
}
