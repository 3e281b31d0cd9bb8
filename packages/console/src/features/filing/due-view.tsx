import { useEffect, useState } from 'react';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { State } from '../../parts/state.tsx';
import { dueOf } from './due.ts';
import { filingWords } from './words.ts';

interface DueViewProps {
  readonly dueAt: string | null;
  readonly provisional?: boolean;
  /** Without the date, where the column is narrow. */
  readonly brief?: boolean;
}

/** A deadline with the time that is left, counted by the server's clock. */
export function DueView({ dueAt, provisional = false, brief = false }: DueViewProps) {
  const { t, instant } = useText(filingWords);
  const now = useServerNow();
  if (dueAt === null) return <span className="faint">—</span>;
  const due = dueOf(dueAt, now);
  const span = t.due[due.span.unit](due.span.count);
  return (
    <span title={instant(dueAt)}>
      {/* Apart, so that what is left can stand on a line of its own where it is narrow. */}
      {!brief && <span className="number">{instant(dueAt)}</span>}{' '}
      <State tone={due.tone}>{due.overdue ? t.due.overdue(span) : t.due.left(span)}</State>
      {provisional && <span className="faint"> {t.filing.dueProvisional}</span>}
    </span>
  );
}

/** The server's present instant, carried on by the browser's clock between two looks at it. */
export function useServerNow(): string {
  const deployment = useAnswer('getDeployment', {}, { refreshMs: 60_000 });
  const [tick, setTick] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setTick(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const seen = deployment.data?.now;
  if (seen === undefined) return new Date(tick).toISOString();
  return new Date(Date.parse(seen) + Math.max(0, tick - deployment.dataUpdatedAt)).toISOString();
}
