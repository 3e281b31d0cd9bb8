import { synonyms } from './synonyms.ts';

/** What is searched of a text. */
export interface SearchedText {
  readonly title: readonly string[];
  /** Other words in which people ask it, and codes that it explains. */
  readonly asked: readonly string[];
  readonly body: readonly string[];
}

/** What people may type for a text besides its title: other words, and the codes that it explains. */
export function askedWords(
  asked: { readonly zh: readonly string[]; readonly en: readonly string[] } | undefined,
  topics: readonly string[],
): string[] {
  const codes = topics.filter((topic) => topic.startsWith('reason:')).map((topic) => topic.slice('reason:'.length));
  return [...(asked?.zh ?? []), ...(asked?.en ?? []), ...codes];
}

/**
 * Makes a search over some rows. It finds rows by words in either language and gives the best first, before
 * them what is asked in exactly these words; none for an empty query.
 */
export function helpSearch<T>(rows: readonly T[], textsOf: (row: T) => SearchedText): (query: string) => T[] {
  const texts = rows.map(textsOf);
  const index = texts.map(weigh);
  const named = texts.map(({ title, asked }) => new Set([...title, ...asked].map(plainOf)));
  const rareness = rarenessOf(index);
  return (query) => {
    const wanted = [...termsOf(query)];
    const known = wanted.map(([term, weight]) => ({ term, weight: weight * (rareness.get(term) ?? 0) }));
    const scored = rows.map((row, at) => ({ row, score: scoreOf(index[at], known) }));
    const best = Math.max(0, ...scored.map(({ score }) => score));
    const whole = plainOf(query);
    // What shares no more than a common word with the query is no answer.
    return scored
      .map((one, at) => ({ ...one, isNamed: named[at]?.has(whole) === true }))
      .filter(({ score, isNamed }) => isNamed || score > best * leastShare)
      .sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || b.score - a.score)
      .map(({ row }) => row);
  };
}

const leastShare = 0.2;
const fieldWeights = { title: 3, asked: 3, body: 1 } as const;
/** A pair of letters may be half of two words; a group of synonyms is what was meant. */
const termWeights = { word: 1, pair: 0.5, group: 2 } as const;

type Weighted = ReadonlyMap<string, number>;

/** How much of each term a text has: saturating, so that a word repeated ten times does not count ten times. */
function weigh(texts: SearchedText): Weighted {
  const terms = new Map<string, number>();
  for (const field of ['title', 'asked', 'body'] as const) {
    const inField = new Set(texts[field].flatMap((text) => [...termsOf(text).keys()]));
    for (const term of inField) terms.set(term, (terms.get(term) ?? 0) + fieldWeights[field]);
  }
  return terms;
}

/** Terms that few texts have say most (inverse document frequency). */
function rarenessOf(index: readonly Weighted[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const terms of index) for (const term of terms.keys()) counts.set(term, (counts.get(term) ?? 0) + 1);
  return new Map([...counts].map(([term, count]) => [term, Math.log(1 + index.length / count)]));
}

function scoreOf(
  terms: Weighted | undefined,
  wanted: readonly { readonly term: string; readonly weight: number }[],
): number {
  return wanted.reduce((sum, { term, weight }) => sum + weight * Math.sqrt(terms?.get(term) ?? 0), 0);
}

/** Words as the ICU dictionary of the platform parts them; Chinese has no spaces. */
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const han = /^\p{Script=Han}+$/u;
const hanRuns = /\p{Script=Han}+/gu;

/** Width, case and apostrophes make no difference. */
const plainOf = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[’‘]/g, "'").trim();

/** The terms of a text with their weights: its words, pairs of Chinese letters (words are parted differently in different places), groups of synonyms. */
function termsOf(text: string): Map<string, number> {
  const plain = plainOf(text);
  const terms = new Map<string, number>();
  for (const { segment, isWordLike } of segmenter.segment(plain)) {
    if (isWordLike === true && !fillers.has(segment))
      terms.set(han.test(segment) ? segment : stemOf(segment), termWeights.word);
  }
  for (const [run] of plain.replace(hanFillers, ' ').matchAll(hanRuns)) {
    for (let at = 0; at + 2 <= run.length; at += 1) {
      const pair = run.slice(at, at + 2);
      if (!fillers.has(pair) && !terms.has(pair)) terms.set(pair, termWeights.pair);
    }
  }
  groups.forEach((pattern, group) => {
    if (pattern.test(plain)) terms.set(`#${group}`, termWeights.group);
  });
  return terms;
}

/** Each group as one pattern: Latin words whole, Chinese ones anywhere. */
const groups = synonyms.map((words) => {
  const alternatives = words.map((word) => {
    const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return /\p{Script=Han}/u.test(word) ? literal : `(?<![a-z0-9])${literal}(?![a-z0-9])`;
  });
  return new RegExp(alternatives.join('|'), 'u');
});

/** Just enough for plurals and tenses: filings, filed, filing are one word. */
function stemOf(word: string): string {
  return word.length <= 4 ? word.replace(/s$/, '') : word.replace(/(?:ings?|ed|es|s|ion|ions)$/, '');
}

/** Words that questions are made of, whatever they ask. */
const fillers: ReadonlySet<string> = new Set(
  (
    '的 了 吗 呢 啊 我 我的 你 您 它 是 在 和 与 或 也 都 要 有 没有 就 还 还是 把 被 给 让 对 从 到 吗？ 怎么 怎样 如何 什么 为什么 可以 能 能否 需要 必须 办 怎么办 请问 一个 这个 哪个 哪些 ' +
    'a an the is are am be been do does did i my me we our you your it its this that these those to of for from in on at by with and or but if ' +
    'how what why when which who can could should would will may must need have has had get there not no'
  ).split(' '),
);

/** The Chinese ones of several letters: half of one is no word either. */
const hanFillers = new RegExp(
  [...fillers]
    .filter((word) => /^\p{Script=Han}{2,}$/u.test(word))
    .toSorted((a, b) => b.length - a.length)
    .join('|'),
  'gu',
);
