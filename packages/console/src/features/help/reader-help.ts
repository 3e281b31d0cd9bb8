import { askedWords, helpSearch } from '@openbeian/model/help';
import { useContext, useMemo } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import type { Article } from '../../parts/help-context.ts';
import { SessionContext } from '../session/session-context.tsx';

type Help = AnswerOf<'listHelp'>;

/** What is for the provider's own people comes first for them, and not at all for others. */
export function useReaderHelp({ articles, groups }: Help): Pick<Help, 'articles' | 'groups'> {
  const role = useContext(SessionContext)?.role ?? 'customer';
  return useMemo(() => {
    const own = groups.filter(({ reader }) => reader === 'provider');
    const others = groups.filter(({ reader }) => reader !== 'provider');
    if (role !== 'customer') return { articles, groups: [...own, ...others] };
    return { articles: articles.filter(({ group }) => own.every(({ id }) => id !== group)), groups: others };
  }, [articles, groups, role]);
}

/** The articles are made searchable once, not with every letter typed. */
const searches = new WeakMap<readonly Article[], (query: string) => Article[]>();

export function searchOf(articles: readonly Article[]): (query: string) => Article[] {
  const known = searches.get(articles);
  if (known !== undefined) return known;
  const search = helpSearch(articles, ({ title, body, asked, topics }) => ({
    title: [title.zh, title.en],
    asked: askedWords(asked, topics),
    body: [body.zh, body.en],
  }));
  searches.set(articles, search);
  return search;
}
