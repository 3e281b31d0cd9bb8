import { Alert } from 'antd';
import { problemParts } from '../../api/problem-parts.ts';
import { useText } from '../../language/language.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { type Place, ResponseError } from './prepare.ts';
import type { Failure } from './use-runs.ts';
import { inventoryWords } from './words.ts';

/** What is wrong with an inventory, each place with where it is in what was given. */
export function FailureAlert({ failure }: { readonly failure: Failure }) {
  const { t, pick } = useText(inventoryWords);
  const { error, before } = failure;
  const problem = error instanceof ResponseError ? null : problemParts(error);
  const places = error instanceof ResponseError ? error.places : (problem?.places ?? []);
  const said = () => {
    if (before?.kind === 'releasing') return t.inventory.partialRelease(before.done, before.all);
    return before?.kind === 'importing' && before.done > 0 ? t.inventory.partial(before.done) : null;
  };
  const note = said() !== null && <p>{said()}</p>;
  if (places.length === 0) {
    return (
      <>
        <ProblemAlert error={error} />
        {note}
      </>
    );
  }
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      style={{ marginBottom: 16, alignItems: 'flex-start' }}
      title={problem === null ? t.inventory.flaws.syntax : pick(problem.text)}
      description={
        <>
          {note}
          <ul className="lines">
            {places.map(({ path, text }) => (
              <WrongPlace key={`${path} ${text.en}`} path={path} text={pick(text)} failure={failure} />
            ))}
            {problem !== null && problem.morePlaces > 0 && <li>{t.error.morePlaces(problem.morePlaces)}</li>}
          </ul>
        </>
      }
    />
  );
}

interface WrongPlaceProps {
  readonly path: string;
  readonly text: string;
  readonly failure: Failure;
}

function WrongPlace({ path: given, text, failure }: WrongPlaceProps) {
  const { t } = useText(inventoryWords);
  // The server's paths start at the request (`body.resources[0]`); here they start at the document.
  const path = failure.wholePath(given.replace(/^body\.?/, ''));
  const place = failure.placeOf(path);
  const said = (at: Place) =>
    'cell' in at ? t.inventory.cellAt(at.cell, at.line) : t.inventory.line(at.line, at.column);
  return (
    <li className="wrap">
      <span className="mono">{path}</span>
      {place !== null && <span className="faint"> ({said(place)})</span>}
      {' — '}
      {text}
    </li>
  );
}
