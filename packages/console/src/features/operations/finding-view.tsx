import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../../language/language.tsx';
import type { Item } from './shapes.ts';
import { StateMark } from './state-mark.tsx';
import { operationsWords } from './words.ts';

type Finding = Pick<Item, 'state' | 'text' | 'todo' | 'link'>;

interface FindingViewProps {
  readonly finding: Finding;
  /** What the link is about, for those who hear it without what is around it. */
  readonly linkTo: string;
  /** What can be done on the spot. */
  readonly children?: ReactNode;
}

/** What is so, and, where something is to be done, what. */
export function FindingView({ finding, linkTo, children }: FindingViewProps) {
  const { t, pick } = useText(operationsWords);
  const { state, text, todo, link } = finding;
  const opened = link !== null && (
    <Link to={link} aria-label={t.operations.openOf(linkTo)}>
      {t.operations.open}
    </Link>
  );
  const isWell = state === 'ok';
  return (
    <div className="operations-finding">
      <StateMark state={state}>{t.operations.states[state]}</StateMark>
      <div className="wrap">
        <p>
          {pick(text)} {isWell && opened}
        </p>
        {todo !== null && (
          <p className="soft">
            <strong>{t.operations.todo}</strong> {pick(todo)}
          </p>
        )}
        {!isWell && (opened || children) && (
          <div className="row">
            {opened}
            {children}
          </div>
        )}
      </div>
    </div>
  );
}
