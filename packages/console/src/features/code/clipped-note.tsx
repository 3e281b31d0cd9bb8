import { useState } from 'react';
import { useText } from '../../language/language.tsx';
import { codeWords } from './words.ts';

/** Characters of a note that a list shows. */
const mostShown = 40;

/** A note: of a long one the beginning, and the whole when it is asked for. */
export function ClippedNote({ note }: { readonly note: string }) {
  const { t } = useText(codeWords);
  const [isWhole, setWhole] = useState(false);
  const letters = [...note];
  if (letters.length <= mostShown) return <span className="wrap">{note}</span>;
  return (
    <span className="wrap">
      {isWhole ? note : `${letters.slice(0, mostShown).join('')}…`}{' '}
      <button type="button" className="help-link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
        {isWhole ? t.code.noteLess : t.code.noteMore}
      </button>
    </span>
  );
}
