import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useAnswer } from '../../api/use-answer.ts';
import { searchOf, useReaderHelp } from '../help/reader-help.ts';
import { useSession } from '../session/session-context.tsx';
import { type FoundGroup, groupOf, helpFound, hostFound, type MenuPage, pagesNamed } from './found.ts';
import { searchWords } from './words.ts';

/** The server is asked once somebody stops typing for so long. */
const pauseMs = 200;
const noHelp = { articles: [], groups: [], sources: [] };

/** Everything that has the text: what the server finds, pages of the menu and articles of the help. */
export function useFound(typed: string, pages: readonly MenuPage[]) {
  const text = typed.trim();
  const asked = useSettled(text);
  const { accountId } = useSession();
  const answer = useAnswer(
    'searchEverything',
    { body: { text: asked } },
    { enabled: asked !== '', keepPrevious: true },
  );
  const help = useAnswer('listHelp', {});
  const { articles } = useReaderHelp(help.data ?? noHelp);
  const wanted = useDeferredValue(text);
  const groups = useMemo(() => {
    if (wanted === '') return [];
    const found = answer.data?.groups.map((group) => groupOf(group, asked, accountId)) ?? [];
    const here = [pagesNamed(pages, wanted), ...found, hostFound(wanted, searchWords.search.lookUp)];
    return [...here, helpFound(searchOf(articles)(wanted))].filter((group: FoundGroup) => group.found.length > 0);
  }, [wanted, answer.data, asked, accountId, pages, articles]);
  const isWaiting = text !== asked || (asked !== '' && (answer.isPending || answer.isPlaceholderData));
  return { groups, isWaiting, error: answer.error };
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return text === '' ? '' : settled;
}
