import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commonWords } from './common-words.ts';
import { type BothTexts, inLanguage, type Words } from './words.ts';

const source = new URL('../', import.meta.url);

/** The words of the app, of the parts and of every feature, by the file that holds them. */
async function allWords(): Promise<Map<string, Words>> {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file !== 'language/words.ts' && /(^|[/-])words\.ts$/.test(file),
  );
  const loaded = new Map<string, Words>();
  for (const file of files) {
    const [words] = Object.values((await import(new URL(file, source).href)) as Record<string, Words>);
    loaded.set(file, words as Words);
  }
  return loaded;
}

/** Every text by its path; functions are called with numbers, so that what they return is seen too. */
function texts(node: Words[string], path: string): Map<string, BothTexts> {
  if (typeof node === 'function') return texts((node as (...given: number[]) => BothTexts)(3, 4), path);
  if (typeof (node as BothTexts).zh === 'string') return new Map([[path, node as BothTexts]]);
  return new Map(Object.entries(node).flatMap(([key, value]) => [...texts(value, `${path}.${key}`)]));
}

const han = /\p{Script=Han}/u;
/** What is written alike in both languages, or is punctuation only. */
const alike =
  /\.(factValue\.app|filter\.services\.app|app\.(comma|labelled)|review\.listSeparator|form\.(labelled|comma|semicolon))$/;

test('every text has words in both languages, the English ones without Chinese characters', async () => {
  const loaded = await allWords();
  expect(loaded.size).toBeGreaterThan(15);
  for (const [file, words] of loaded) {
    for (const [path, { zh, en }] of texts(words, file)) {
      expect(en.trim(), path).not.toBe('');
      expect(han.test(en), `${path}: ${en}`).toBe(false);
      expect(alike.test(path) || han.test(zh), `${path}: ${zh}`).toBe(true);
    }
  }
});

test('no two files hold a group of the same name: useText would lose one of them', async () => {
  const groups = [...(await allWords()).values()].flatMap((words) => Object.keys(words));
  expect(groups.toSorted()).toEqual([...new Set(groups)].toSorted());
});

test('one language is picked through groups, lists and functions, and the same object is returned again', () => {
  const words = {
    page: { title: { zh: '标题', en: 'Title' } },
    points: [{ zh: '一', en: 'one' }],
    total: (count: number) => ({ zh: `共 ${count} 条`, en: `${count} items` }),
  } satisfies Words;
  const en = inLanguage(words, 'en');
  expect([en.page.title, en.points, en.total(2)]).toEqual(['Title', ['one'], '2 items']);
  expect(inLanguage(words, 'zh').total(2)).toBe('共 2 条');
  expect(inLanguage(words, 'en')).toBe(en);
  expect(inLanguage(commonWords, 'zh').app.cancel).toBe('取消');
});

test('a text that lacks a language is refused by its type', () => {
  // @ts-expect-error: no English
  const lacking = { page: { title: { zh: '标题' } } } satisfies Words;
  // @ts-expect-error: no Chinese from a function
  const silent = { total: (count: number) => ({ en: `${count} items` }) } satisfies Words;
  expect([lacking, silent]).toHaveLength(2);
});
