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
    if (search !== undefined) return answerOf(searchOf(deps.help)(search), topic);
    const answers = answersOf(deps.help);
    return answers.get(topic) ?? none;
  },
);

type Answer = ReturnType<typeof answerOf>;

const answerOf = (texts: readonly HelpText[], topic?: string) => ({
  articles: texts.filter(({ topics }) => topic === undefined || topics.some((one) => one === topic)).map(articleOf),
});

const none: Answer = { articles: [] };

/** The answers to whoever searches nothing are made once, by topic; undefined: all. */
const kept = new WeakMap<readonly HelpText[], ReadonlyMap<string | undefined, Answer>>();

function answersOf(texts: readonly HelpText[]): ReadonlyMap<string | undefined, Answer> {
  const known = kept.get(texts);
  if (known !== undefined) return known;
  const topics = new Set<string | undefined>([undefined, ...texts.flatMap((text) => text.topics)]);
  const made = new Map(Array.from(topics, (topic) => [topic, answerOf(texts, topic)]));
  kept.set(texts, made);
  return made;
}

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
