import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { problemParts } from '../api/problem-parts.ts';
import { useText } from '../language/language.tsx';
import { FindingList } from './finding-list.tsx';
import { ReasonList } from './reason-list.tsx';

interface ProblemAlertProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** What to do besides reading everything afresh when the data has changed meanwhile. */
  readonly onReload?: () => void;
}

/** What went wrong and what to do: the fault's text, each place, reason and finding, and the way on. */
export function ProblemAlert({ error, onRetry, onReload }: ProblemAlertProps) {
  const { t, pick } = useText();
  const cache = useQueryClient();
  if (!error) return null;
  const problem = problemParts(error);
  const changed = problem.code === 'object.changed';
  const reload = () => {
    onReload?.();
    void cache.invalidateQueries();
  };
  return (
    <Alert
      role="alert"
      type={changed ? 'warning' : 'error'}
      showIcon
      style={{ marginBottom: 16, alignItems: 'flex-start' }}
      title={changed ? t.error.changedTitle : pick(problem.text)}
      description={
        <div className="stack">
          {changed && <span>{t.error.changed}</span>}
          {problem.places.length > 0 && (
            <div>
              <strong>{t.error.places}</strong>
              <ul>
                {problem.places.map((place) => (
                  <li key={`${place.path} ${place.text.en}`} className="wrap">
                    <span className="mono">{place.path}</span>
                    {place.path !== '' && ' — '}
                    {pick(place.text)}
                  </li>
                ))}
              </ul>
            </div>
          )}
          {problem.reasons.length > 0 && <ReasonList reasons={problem.reasons} />}
          {problem.findings.length > 0 && <FindingList findings={problem.findings} />}
          {problem.retryAfterSeconds !== null && <span>{t.error.retryAfter(problem.retryAfterSeconds)}</span>}
          {problem.errorId && (
            <span className="faint">
              {t.error.errorId} <span className="mono">{problem.errorId}</span>
            </span>
          )}
          {changed ? (
            <div>
              <Button size="small" onClick={reload}>
                {t.app.reload}
              </Button>
            </div>
          ) : (
            onRetry && (
              <div>
                <Button size="small" onClick={onRetry}>
                  {t.app.retry}
                </Button>
              </div>
            )
          )}
        </div>
      }
    />
  );
}
