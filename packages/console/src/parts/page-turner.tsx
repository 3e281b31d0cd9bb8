import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../language/language.tsx';

/** The pages of a list of which only the next one is known, as the API gives them. */
export interface Pages {
  /** Where the page that is shown begins; undefined for the first. */
  readonly start: string | undefined;
  /** The same as a part of the list's query. */
  readonly query: { readonly after?: string };
  readonly turnTo: (next: string) => void;
  readonly back: () => void;
  readonly restart: () => void;
}

/** @param list what is listed, e.g. its filter: another one begins at its first page. */
export function usePages(list = ''): Pages {
  const [turned, setTurned] = useState<{ readonly list: string; readonly starts: readonly string[] }>();
  const starts = turned?.list === list ? turned.starts : [];
  const start = starts.at(-1);
  return {
    start,
    query: start === undefined ? {} : { after: start },
    turnTo: (next) => setTurned({ list, starts: [...starts, next] }),
    back: () => setTurned({ list, starts: starts.slice(0, -1) }),
    restart: () => setTurned(undefined),
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
