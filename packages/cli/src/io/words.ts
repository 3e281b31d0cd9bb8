export type Lang = 'zh' | 'en';

/** One text for people, in both languages. */
export type BothTexts = Readonly<Record<Lang, string>>;

/**
 * The words of a command: each text in both languages side by side, a function where something is to be filled in;
 * `words.title[lang]`. `satisfies Words` refuses a text that lacks a language.
 */
export interface Words {
  readonly [key: string]: BothTexts | ((...given: never[]) => BothTexts) | Words;
}

/** Texts about reading and writing files. */
export const ioWords = {
  expectedYaml: (reason: string) => ({ zh: `应为 YAML 或 JSON：${reason}`, en: `expected YAML or JSON: ${reason}` }),
  keyTwice: ({ key, firstLine }: { readonly key: string; readonly firstLine: number }) => ({
    zh: `键 ${key} 重复，第 ${firstLine} 行已有，请只保留一个`,
    en: `expected each key once; ${key} is on line ${firstLine} already`,
  }),
  expectedUtf8: { zh: '应为 UTF-8 编码', en: 'expected UTF-8' },
  expectedFile: (path: string) => ({ zh: `${path}：应为普通文件`, en: `${path}: expected a regular file` }),
  cannotRead: (path: string, reason: string) => ({
    zh: `${path}：无法读取（${reason}）`,
    en: `${path}: cannot be read (${reason})`,
  }),
  cannotOpen: (path: string, reason: string) => ({
    zh: `${path}：无法打开（${reason}）`,
    en: `${path}: cannot be opened (${reason})`,
  }),
  cannotWrite: (path: string, reason: string) => ({
    zh: `${path}：无法写入（${reason}）`,
    en: `${path}: cannot be written (${reason})`,
  }),
  cannotPrint: (reason: string) => ({
    zh: `标准输出：无法写入（${reason}）`,
    en: `standard output: cannot be written (${reason})`,
  }),
  lineTooLong: (line: number, most: number) => ({
    zh: `-:${line}: 一行不应超过 ${most} 个字符`,
    en: `-:${line}: expected a line of at most ${most} characters`,
  }),
  dayBeyondCalendar: {
    zh: '--at：应在 1970-01-01 至 2999-12-31 之间',
    en: '--at: expected a day between 1970-01-01 and 2999-12-31',
  },
  morePlaces: (count: number) => ({ zh: `另有 ${count} 处`, en: `and ${count} more` }),
} satisfies Words;

/** What a place of a fault should have been; some are said in English only, such as the names of keys. */
export const expectedAt = ({ expected, expectedZh }: { expected: string; expectedZh?: string }): BothTexts => ({
  zh: expectedZh ?? expected,
  en: expected,
});
