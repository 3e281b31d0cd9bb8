import type { ReactNode } from 'react';

interface EmptyProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly action?: ReactNode;
}

/** Nothing to show: says so, and what to do about it. */
export function Empty({ title, hint, action }: EmptyProps) {
  return (
    <div className="empty">
      <svg width="64" height="48" viewBox="0 0 64 48" fill="none" aria-hidden="true">
        <path
          d="M14 5h24l10 10v28H14z"
          fill="var(--paper)"
          stroke="var(--dot)"
          strokeWidth="1.6"
          strokeLinejoin="round"
        />
        <path d="M38 5v10h10" stroke="var(--dot)" strokeWidth="1.6" strokeLinejoin="round" />
        <path d="M21 23h20M21 29h20M21 35h11" stroke="var(--line-strong)" strokeWidth="1.8" strokeLinecap="round" />
      </svg>
      <strong>{title}</strong>
      {hint && <p>{hint}</p>}
      {action && <div className="act">{action}</div>}
    </div>
  );
}
