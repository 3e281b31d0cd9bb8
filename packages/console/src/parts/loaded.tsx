import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '../language/language.tsx';
import { ProblemAlert } from './problem-alert.tsx';

interface LoadedProps<T> {
  readonly query: UseQueryResult<T, Error>;
  readonly children: (answer: T) => ReactNode;
}

/** Shows an answer; while it is awaited a quiet placeholder, and when it fails what to do about it. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  const { t } = useText();
  if (query.data !== undefined) {
    return (
      <>
        {query.error && <ProblemAlert error={query.error} onRetry={() => query.refetch()} />}
        {children(query.data)}
      </>
    );
  }
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => query.refetch()} />;
  return (
    <div className="page-waiting within" role="status" aria-label={t.app.loading}>
      <i />
      <i />
      <i />
      <i />
    </div>
  );
}
