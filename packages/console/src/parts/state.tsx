import type { ReactNode } from 'react';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

interface StateProps {
  readonly tone: Tone;
  readonly children: ReactNode;
  /** With a ground of its own, for headings. */
  readonly pill?: boolean;
}

/** A state in a word. The colour repeats what the word says; it never says more. */
export function State({ tone, children, pill = false }: StateProps) {
  return <span className={`state ${tone}${pill ? ' pill' : ''}`}>{children}</span>;
}
