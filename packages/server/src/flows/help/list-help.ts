import { askedWords, type HelpText, helpGroups, helpSearch } from '@openbeian/model/help';
import type { BookSource } from '@openbeian/model/rule-book';
import type { HelpBook } from '../command/deps.ts';
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
    const { texts, sources } = deps.help;
    if (search !== undefined) return answerOf(searchOf(texts)(search), sources, topic);
    const answers = answersOf(deps.help);
    return answers.get(topic) ?? none;
  },
);

type Answer = ReturnType<typeof answerOf>;

/** The articles with what they refer to: their groups and the documents that they name. */
function answerOf(texts: readonly HelpText[], sources: readonly BookSource[], topic?: string) {
  const wanted = texts.filter(({ topics }) => topic === undefined || topics.some((one) => one === topic));
  const articles = wanted.map(articleOf);
  const named = new Set(articles.flatMap(({ source }) => source));
  const used = new Set(articles.map(({ group }) => group));
  return {
    articles,
    groups: helpGroups
      .filter(({ id }) => used.has(id))
      .map(({ id, zh, en, reader }) => ({ id, title: { zh, en }, reader })),
    sources: sources
      .filter(({ label }) => named.has(label))
      .map(({ label, title, published, url }) => ({ label, title, published, url })),
  };
}

const none: Answer = { articles: [], groups: [], sources: [] };

/** The answers to whoever searches nothing are made once, by topic; undefined: all. */
const kept = new WeakMap<HelpBook, ReadonlyMap<string | undefined, Answer>>();

function answersOf(book: HelpBook): ReadonlyMap<string | undefined, Answer> {
  const known = kept.get(book);
  if (known !== undefined) return known;
  const { texts, sources } = book;
  const topics = new Set<string | undefined>([undefined, ...texts.flatMap((text) => text.topics)]);
  const made = new Map(Array.from(topics, (topic) => [topic, answerOf(texts, sources, topic)]));
  kept.set(book, made);
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
    group: groupOf.get(id) ?? '',
  };
}

const groupOf = new Map(helpGroups.flatMap((group) => group.texts.map((text) => [text, group.id])));

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
