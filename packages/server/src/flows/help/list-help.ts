import { queryInParts } from '../command/operation.ts';
import type { FlowRequest } from '../command/step.ts';

/** Help where the question arises: all articles, or those of one topic. */
export const listHelp = queryInParts(
  { id: 'listHelp', faults: [] },
  async ({ deps }: FlowRequest, { topic }: { readonly topic?: string | undefined }) => {
    const wanted = deps.help.filter(({ topics }) => topic === undefined || topics.some((one) => one === topic));
    return {
      articles: wanted.map((article) => ({
        id: article.id,
        title: { zh: article.zh.title, en: article.en.title },
        body: { zh: article.zh.body, en: article.en.body },
        topics: [...article.topics],
        source: [...article.source],
      })),
    };
  },
);
