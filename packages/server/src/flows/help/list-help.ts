import { askedWords, type HelpText, helpSearch } from '@openbeian/model/help';
import { queryInParts } from '../command/operation.ts';
import type { FlowRequest } from '../command/step.ts';

interface HelpQuestion {
  readonly topic?: string | undefined;
  readonly search?: string | undefined;
}

/** Help where the question arises: all articles, those of one topic, or those that a search finds, best first. */
export const listHelp = queryInParts(
  { id: 'listHelp', faults: [] },
  async ({ deps }: FlowRequest, { topic, search }: HelpQuestion) => {
    const found = search === undefined ? deps.help : searchOf(deps.help)(search);
    const wanted = found.filter(({ topics }) => topic === undefined || topics.some((one) => one === topic));
    return { articles: wanted.map(articleOf) };
  },
);

function articleOf({ id, zh, en, topics, asked, source }: HelpText) {
  return {
    id,
    title: { zh: zh.title, en: en.title },
    body: { zh: zh.body, en: en.body },
    topics: [...topics],
    asked: { zh: [...(asked?.zh ?? [])], en: [...(asked?.en ?? [])] },
    source: [...source],
  };
}

/** The texts are made searchable once. */
const searches = new WeakMap<readonly HelpText[], (query: string) => HelpText[]>();

function searchOf(texts: readonly HelpText[]): (query: string) => HelpText[] {
  const known = searches.get(texts);
  if (known !== undefined) return known;
  const search = helpSearch(texts, ({ zh, en, asked, topics }) => ({
    title: [zh.title, en.title],
    asked: askedWords(asked, topics),
    body: [zh.body, en.body],
  }));
  searches.set(texts, search);
  return search;
}
