import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../language/language.tsx';

/** The pages of a list of which only the next one is known, as the API gives them. */
export interface Pages {
  /** Where the page that is shown begins; undefined for the first. */
  readonly start: string | undefined;
  readonly turnTo: (next: string) => void;
  readonly back: () => void;
  readonly restart: () => void;
}

export function usePages(): Pages {
  const [starts, setStarts] = useState<readonly string[]>([]);
  return {
    start: starts.at(-1),
    turnTo: (next) => setStarts([...starts, next]),
    back: () => setStarts(starts.slice(0, -1)),
    restart: () => setStarts([]),
  };
}

/** To the next page and back; nothing where there is only one. */
export function PageTurner({ pages, next }: { readonly pages: Pages; readonly next: string | null }) {
  const { t } = useText();
  if (pages.start === undefined && next === null) return null;
  return (
    <div className="row" style={{ padding: 12 }}>
      <Button disabled={pages.start === undefined} onClick={pages.back}>
        {t.app.previousPage}
      </Button>
      <Button disabled={next === null} onClick={() => next !== null && pages.turnTo(next)}>
        {t.app.nextPage}
      </Button>
    </div>
  );
}
