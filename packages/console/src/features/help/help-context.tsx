import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { HelpDrawer } from './help-drawer.tsx';

export type Article = AnswerOf<'listHelp'>['articles'][number];

interface HelpValue {
  readonly articles: readonly Article[];
  readonly open: (topic: string) => void;
}

const HelpContext = createContext<HelpValue>({ articles: [], open: () => undefined });

/** Reads all help texts once; they are few, and every screen asks for some. */
export function HelpProvider({ children }: { readonly children: ReactNode }) {
  const help = useAnswer('listHelp', {});
  const [topic, setTopic] = useState<string | null>(null);
  const value = useMemo(() => ({ articles: help.data?.articles ?? [], open: setTopic }), [help.data]);
  return (
    <HelpContext value={value}>
      {children}
      <HelpDrawer articles={articlesOn(value.articles, topic)} open={topic !== null} onClose={() => setTopic(null)} />
    </HelpContext>
  );
}

export function useHelp(): HelpValue {
  return useContext(HelpContext);
}

/** The articles of one topic, e.g. `reason:code.issuer_not_enterprise` or `page:codes`. */
export function articlesOn(articles: readonly Article[], topic: string | null): readonly Article[] {
  return topic === null ? [] : articles.filter((article) => article.topics.includes(topic));
}
