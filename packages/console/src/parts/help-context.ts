import { createContext, useContext } from 'react';
import type { AnswerOf } from '../api/client.ts';

type Help = AnswerOf<'listHelp'>;
export type Article = Help['articles'][number];
export type HelpSource = Help['sources'][number];

interface HelpValue {
  readonly articles: readonly Article[];
  /** The documents that articles name. */
  readonly sources: readonly HelpSource[];
  readonly open: (topic: string) => void;
}

/** Provided by the help feature; without it no part shows a link to help. */
export const HelpContext = createContext<HelpValue>({ articles: [], sources: [], open: () => undefined });

export function useHelp(): HelpValue {
  return useContext(HelpContext);
}

/** The articles of one topic, e.g. `reason:code.issuer_not_enterprise` or `page:codes`. */
export function articlesOn(articles: readonly Article[], topic: string | null): readonly Article[] {
  return topic === null ? [] : articles.filter((article) => article.topics.includes(topic));
}
