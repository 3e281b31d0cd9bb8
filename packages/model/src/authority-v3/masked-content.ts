/**
 * Texts of these names say nothing of a person: names of domains and sites, numbers of records, days, words of our own about codes, and both
 * sides of a difference, which are kept masked where they are about a person.
 * Whatever else is text is masked, so that what a later version of the interface adds is hidden until somebody looks at it.
 */
const shownTexts: ReadonlySet<string> = new Set(
  `Ym Wzmc Syurl Baxh Ztbah Wzbah Bm Bs Zslj Shsj Scjcsj Hcsj Hsyj Hssj Rbsj Zcsj Zjxgsj Dqjcsj Scbbsj Yxrq Fprq Zsyxq
  Wzym_mc Clsx zh en act by kind scope outcome found operation field code path part fileName trouble downloadId madeAt at on seenOn
  domain domains domainName subjectNumber serviceNumber number ours theirs`.split(/\s+/),
);
/** Addresses of machines, where the value is one: the same word may mean where somebody lives. */
const machineAddress = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:.]*:[\da-f:.]*)$/i;
/**
 * What the authority writes beside a code of a result: the code in its own words, which customers read too. Its reviewers’ free texts
 * (`Shyj`, `Tznr`, `Cwyy` …) are no such thing; people are named there, and they stay hidden.
 */
const wordsOnCodes: ReadonlySet<string> = new Set(['Dmms', 'said']);
/** Numbers of telephones and certificates, and addresses of mail. */
const personalMarks = /[\w.+-]+@[\w.-]+|\d[\d\s-]{5,}[\dXx]/g;
/** Free text of the authority’s reviewers. */
const longestText = 2000;
/** A file has up to 1,000 records, and code tables have thousands of rows. */
const longestList = 100;
/** Ids of the interface have up to ten digits; telephone numbers have eleven. */
const largestShown = 9_999_999_999;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was exchanged over interface V3.0, by its names, with everything hidden that may be about a person. */
export function maskedContent(content: unknown): unknown {
  return mapped(content, '', (text, name) => {
    if (shownTexts.has(name) || (name === 'address' && machineAddress.test(text))) return shortened(text);
    return wordsOnCodes.has(name) ? shortened(text.replace(personalMarks, '＊＊＊')) : masked(text);
  });
}

/** What a notice is about, in a few words and masked: names of domains, a number, or the beginning of a name; null: it says none. */
export function aboutOfNotice(notice: unknown): string | null {
  const shown = maskedContent(notice);
  if (!isRecord(shown)) return null;
  const { domain, domains, number, name, id } = shown;
  // The result of a check has nothing else.
  const byId = typeof id === 'number' ? `ID ${id}` : null;
  const texts = [domain, Array.isArray(domains) ? domains.join(' ') : null, number, name, byId];
  return texts.find((text): text is string => typeof text === 'string' && text !== '') ?? null;
}

/** The same in the clear. Pictures are left out: people look at those with the filing. */
export function shortenedContent(content: unknown): unknown {
  return mapped(content, '', (text) => shortened(text));
}

const shortened = (text: string): string => (text.length > longestText ? `…（${text.length}）` : text);

function masked(text: string): string {
  if (text === '') return '';
  if (text.length > longestText) return shortened(text);
  const [first = ''] = text;
  return `${first}＊＊＊`;
}

function mapped(value: unknown, name: string, change: (text: string, name: string) => string): unknown {
  if (typeof value === 'string') return change(value, name);
  if (typeof value === 'number') return value > largestShown ? change(String(value), name) : value;
  // Items of a list go by the name of the list.
  if (Array.isArray(value)) {
    const shown = value.slice(0, longestList).map((one) => mapped(one, name, change));
    return value.length > longestList ? [...shown, `…（${value.length}）`] : shown;
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, key, change)]));
}
