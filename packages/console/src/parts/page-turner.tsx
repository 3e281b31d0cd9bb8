import { Button } from 'antd';
import { useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
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

/**
 * Pages of a list beside others, which its page's address says nothing of.
 * @param list what is listed, e.g. its filter: another one begins at its first page.
 */
export function usePages(list = ''): Pages {
  const [turned, setTurned] = useState<{ readonly list: string; readonly starts: readonly string[] }>();
  const starts = turned?.list === list ? turned.starts : [];
  return {
    ...startOf(starts.at(-1)),
    turnTo: (next) => setTurned({ list, starts: [...starts, next] }),
    back: () => setTurned({ list, starts: starts.slice(0, -1) }),
    restart: () => setTurned(undefined),
  };
}

/**
 * Pages of the list that a page is about, in its address: going back, reloading and a passed-on link lead to the same page.
 * @param list as for `usePages`.
 */
export function useAddressPages(list = ''): Pages {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const { state } = useLocation();
  // What the browser kept beside the address: how often pages were turned since the first one was left.
  const turned = isTurned(state) ? state.turned : 0;
  const restart = () =>
    setParams(
      (old) => {
        old.delete('page');
        return old;
      },
      { replace: true },
    );
  return {
    ...startOf(startIn(params.get('page'), list)),
    turnTo: (next) =>
      setParams(
        (old) => {
          old.set('page', `${markOf(list)}.${next}`);
          return old;
        },
        { state: { turned: turned + 1 } },
      ),
    // Of a page that was opened by a link nobody knows the one before.
    back: () => (turned > 0 ? void navigate(-1) : restart()),
    restart,
  };
}

function startOf(start: string | undefined): Pick<Pages, 'start' | 'query'> {
  return { start, query: start === undefined ? {} : { after: start } };
}

/** The start of a page of this very list; a page of the list as it was narrowed before is none of it. */
function startIn(page: string | null, list: string): string | undefined {
  const mark = `${markOf(list)}.`;
  return page?.startsWith(mark) ? page.slice(mark.length) : undefined;
}

/** A few letters that tell one filter from another (FNV-1a of 32 bits). */
function markOf(list: string): string {
  let mark = 0x811c9dc5;
  for (const letter of list) mark = Math.imul(mark ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (mark >>> 0).toString(36);
}

function isTurned(state: unknown): state is { readonly turned: number } {
  return typeof state === 'object' && state !== null && 'turned' in state && typeof state.turned === 'number';
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
