import { createContext, useContext } from 'react';
import type { AnswerOf } from '../api/client.ts';

export type Article = AnswerOf<'listHelp'>['articles'][number];

interface HelpValue {
  readonly articles: readonly Article[];
  readonly open: (topic: string) => void;
}

/** Provided by the help feature; without it no part shows a link to help. */
export const HelpContext = createContext<HelpValue>({ articles: [], open: () => undefined });

export function useHelp(): HelpValue {
  return useContext(HelpContext);
}

/** The articles of one topic, e.g. `reason:code.issuer_not_enterprise` or `page:codes`. */
export function articlesOn(articles: readonly Article[], topic: string | null): readonly Article[] {
  return topic === null ? [] : articles.filter((article) => article.topics.includes(topic));
}
