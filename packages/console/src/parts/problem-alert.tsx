import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, type FormInstance } from 'antd';
import { useText } from '../language/language.tsx';
import { FindingList } from './finding-list.tsx';
import { ReasonList } from './reason-list.tsx';
import { useFieldProblems } from './use-field-problems.ts';

interface ProblemAlertProps<Values extends object> {
  readonly error: unknown;
  /** What the server refused at a field of this form is shown there. */
  readonly form?: FormInstance<Values>;
  readonly onRetry?: () => void;
  /** What to do besides reading everything afresh when the data has changed meanwhile. */
  readonly onReload?: () => void;
  /** What a field of a finding is called where this is shown. */
  readonly labelOf?: (field: string) => string;
}

/** What went wrong and what to do: the fault's text, each place, reason and finding, and the way on. */
export function ProblemAlert<Values extends object = object>(props: ProblemAlertProps<Values>) {
  const { error, form, onRetry, onReload, labelOf } = props;
  const { t, pick } = useText();
  const cache = useQueryClient();
  const { problem, places, atFields } = useFieldProblems(error, form);
  if (!error) return null;
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
      title={changed ? t.error.changedTitle : atFields ? t.error.fixMarked : pick(problem.text)}
      description={
        <div className="stack">
          {changed && <span>{t.error.changed}</span>}
          <Places places={places} more={problem.morePlaces} />
          {problem.reasons.length > 0 && <ReasonList reasons={problem.reasons} />}
          {problem.findings.length > 0 && <FindingList findings={problem.findings} {...(labelOf && { labelOf })} />}
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

interface PlacesProps {
  readonly places: ReturnType<typeof useFieldProblems>['places'];
  readonly more: number;
}

/** A field that the page sent, not a place in somebody's document. */
const isOfRequest = (path: string): boolean => /^(body|query|params|header|act|result)\./.test(path);

function Places({ places, more }: PlacesProps) {
  const { t, pick, word } = useText();
  const nameOf = (path: string) => {
    const field = /(\w+)(\[\d+\])?$/.exec(path)?.[1] ?? '';
    return Object.hasOwn(t.fieldName, field) ? word(t.fieldName, field) : t.part.entered;
  };
  if (places.length === 0) return null;
  return (
    <div>
      <strong>{t.error.places}</strong>
      <ul>
        {places.map((place) => (
          <li key={`${place.path} ${place.text.en}`} className="wrap">
            {isOfRequest(place.path) ? (
              t.app.labelled(nameOf(place.path), pick(place.text))
            ) : (
              <>
                <span className="mono">{place.path}</span>
                {place.path !== '' && ' — '}
                {pick(place.text)}
              </>
            )}
          </li>
        ))}
        {more > 0 && <li>{t.error.morePlaces(more)}</li>}
      </ul>
    </div>
  );
}
