/** Why a text is no filing number, with what to do about it in both languages. The set of codes is closed. */
export interface NumberProblem {
  readonly code: NumberProblemCode;
  readonly zh: string;
  readonly en: string;
}

type Texts = { readonly zh: string; readonly en: string };

const texts = {
  empty: () => ({ zh: '没有内容，请填写备案号。', en: 'There is nothing here: enter a filing number.' }),
  no_number: () => ({
    zh: '这不是备案号。备案号形如“粤ICP备2026000123号-1”，请按备案查询结果填写。',
    en: 'This is no filing number. One looks like 粤ICP备2026000123号-1: copy it from the filing query.',
  }),
  not_found: () => ({
    zh: '这段文字里没有找到有效的备案号。',
    en: 'No valid filing number was found in this text.',
  }),
  remainder: (rest: string) => ({
    zh: `备案号之外还有多余的内容“${rest}”，请删除后再填。`,
    en: `Besides the number there is “${rest}”: remove it.`,
  }),
  province_missing: () => ({
    zh: '缺少省、自治区、直辖市简称，例如“粤ICP备…”里的“粤”。',
    en: 'The province letter is missing, such as 粤 in 粤ICP备….',
  }),
  unknown_province: (letter: string, meant: string | undefined) =>
    meant
      ? {
          zh: `备案号不用“${letter}”，该省的简称是“${meant}”，请改为“${meant}”。`,
          en: `Filing numbers do not use ${letter}: that province’s letter is ${meant}.`,
        }
      : {
          zh: `“${letter}”不是 31 个省、自治区、直辖市的备案简称；港、澳、台没有 ICP 备案。请核对首字。`,
          en: `${letter} is none of the 31 province letters (Hong Kong, Macau and Taiwan have no ICP filing): check the first character.`,
        },
  filing_word: () => ({
    zh: '备案号里写作“ICP备”，没有“案”字，请删除“案”。',
    en: 'A filing number says ICP备, not ICP备案: remove 案.',
  }),
  serial_missing: () => ({
    zh: '缺少序列号，请补上“备”“证”或“网安备”后面的数字。',
    en: 'The serial is missing: add the digits.',
  }),
  serial_length: (expected: string, found: number) => ({
    zh: `序列号应为 ${expected} 位数字，现在是 ${found} 位，请核对是否多写或漏写。`,
    en: `The serial has ${found} digits, ${expected.replace(' 或 ', ' or ')} are expected: check for lost or extra digits.`,
  }),
  serial_year: (year: string, from: string, to: string) => ({
    zh: `序列号以年份开头，“${year}”不在 ${from} 至 ${to} 之间，请核对。`,
    en: `The serial begins with a year, and ${year} is not within ${from} to ${to}: check it.`,
  }),
  placeholder: () => ({
    zh: '这是常见的占位号码，不是真实的备案号，请填写管局核发的号码。',
    en: 'This is a well-known placeholder, not a real number: enter the one the authority issued.',
  }),
  service_number: (typed: string) => ({
    zh: `“-”后面的服务序号应为 1 至 999999，现在是“${typed}”。`,
    en: `The service number after the dash is 1 to 999999, not ${typed}.`,
  }),
  service_letter: (letters: string) => ({
    zh: `服务序号后的字母“${letters}”无法识别：网站没有字母，APP 为 A，小程序为 X，快应用为 K。`,
    en: `The letter ${letters} after the service number is unknown: none for a website, A for an app, X for a mini program, K for a quick app.`,
  }),
  service_not_allowed: () => ({
    zh: '跨地区许可证号和公安备案号后面没有“-序号”，请删除。',
    en: 'A cross-region licence or public-security number has no “-n” behind it: remove that.',
  }),
  licence_class: (found: string) => ({
    zh: `许可证类别“${found}”无法识别：应为 A2、B1 或 B2；跨地区许可证没有省简称，可有多个类别，如 A2.B1.B2。`,
    en: `Licence class ${found} is unknown: A2, B1 or B2; a cross-region licence has no province letter and may name several, such as A2.B1.B2.`,
  }),
  division_mismatch: (letter: string, expected: string, found: string) => ({
    zh: `公安备案号前两位应是“${letter}”的行政区划代码 ${expected}，现在是 ${found}，请核对。`,
    en: `A public-security number starting with ${letter} has division ${expected}, not ${found}: check both.`,
  }),
} satisfies Record<string, (...args: never[]) => Texts>;

export type NumberProblemCode = keyof typeof texts;

/** All codes, in the order of the documentation. */
export const numberProblemCodes = Object.keys(texts) as readonly NumberProblemCode[];

/** Makes a problem; `args` are the parts its text names. */
export function problem<C extends NumberProblemCode>(code: C, ...args: Parameters<(typeof texts)[C]>): NumberProblem {
  // `args` are the parameters of this very text; the compiler sees a union of all of them.
  const make = texts[code] as (...parts: typeof args) => Texts;
  return { code, ...make(...args) };
}
