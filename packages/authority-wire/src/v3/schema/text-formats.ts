import type { TextNode } from './node.ts';

interface FormatRule {
  readonly matches: (text: string) => boolean;
  /** What was expected, for people. */
  readonly zh: string;
  readonly en: string;
}

const rules = {
  phones: {
    matches: (text) => /^[\d-]+(?:;[\d-]+)*$/.test(text),
    zh: '应为电话号码，仅含数字和“-”，多个号码用“;”分隔',
    en: 'expected telephone numbers of digits and "-", several separated by ";"',
  },
  emails: {
    matches: (text) => text.split(';').every((address) => /^[^\s@]+@[^\s@]+$/.test(address)),
    zh: '应为邮箱地址，多个地址用“;”分隔',
    en: 'expected e-mail addresses, several separated by ";"',
  },
  day: {
    matches: (text) => /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text),
    zh: '应为日期，如 2026-11-21',
    en: 'expected a day such as 2026-11-21',
  },
  md5_hex: {
    matches: (text) => /^[\da-f]{32}$/i.test(text),
    zh: '应为备案密码的 MD5 值（32 位十六进制）',
    en: 'expected the MD5 of the filing password, 32 hexadecimal digits',
  },
} as const satisfies Record<string, FormatRule>;

/** What the text of this node must look like besides its length; null where nothing is asked. */
export function formatOf(node: TextNode): FormatRule | null {
  if (node.format === null) return null;
  return node.format === 'picture' ? pictureRule(node.kibibytes ?? 0) : rules[node.format];
}

function pictureRule(kibibytes: number): FormatRule {
  return {
    matches: (text) => isBase64(text) && decodedBytes(text) <= kibibytes * 1024,
    zh: `应为 Base64 编码的图片，解码后不超过 ${kibibytes} KB`,
    en: `expected a picture in Base64 of at most ${kibibytes} KB once decoded`,
  };
}

/** Strictly: no white space, padded, nothing else. */
export function isBase64(text: string): boolean {
  if (text.length % 4 !== 0 || /[^A-Za-z\d+/=]/.test(text)) return false;
  const padding = text.indexOf('=');
  return padding === -1 || /^={1,2}$/.test(text.slice(padding));
}

function decodedBytes(base64: string): number {
  return (base64.length / 4) * 3 - (base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0);
}
