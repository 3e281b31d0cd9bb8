import type { z } from 'zod';
import { Fault, type FaultPlace, mostPlaces } from './fault.ts';

/**
 * What a zod schema refused, place by place: `resources[0].billing` and what was expected there, in both languages; the first
 * `mostPlaces`. A refinement words its own expectation as `params: { zh, en }`.
 * @param within where the input is in something larger, e.g. `['body']`
 */
export function placesOf(error: z.ZodError, within: readonly PropertyKey[] = []): FaultPlace[] {
  const places: FaultPlace[] = [];
  for (const issue of error.issues) {
    for (const place of placesOfIssue(issue, within)) {
      places.push(place);
      if (places.length === mostPlaces) return places;
    }
  }
  return places;
}

/** How many places a zod schema refused in all; cheap however many there are. */
export function countPlaces(error: z.ZodError): number {
  return error.issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

/** The fault for an input that a zod schema refused. */
export function invalidInput(error: z.ZodError, within: readonly PropertyKey[] = []): Fault {
  const places = placesOf(error, within);
  const more = places.length < mostPlaces ? 0 : countPlaces(error) - places.length;
  return new Fault('input.invalid', { places, morePlaces: Math.max(0, more) });
}

/** Longest path that is reported: a longer key is cut off. */
const longestPath = 200;
const longestKey = 60;

/** `['resources', 0, 'billing']` as `resources[0].billing`; the whole document is `(root)`. Long ones end in `…`. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const key of path) {
    text += keyText(key);
    if (text.length > longestPath) return `${text.slice(0, longestPath).replace(/^\./, '').toWellFormed()}…`;
  }
  return text === '' ? '(root)' : text.replace(/^\./, '');
}

function keyText(key: PropertyKey): string {
  if (typeof key === 'number') return `[${key}]`;
  const whole = String(key);
  const name = whole.length <= longestKey ? whole : `${whole.slice(0, longestKey).toWellFormed()}…`;
  return /^[\p{L}_$][\p{L}\p{N}_$…]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function* placesOfIssue(issue: z.core.$ZodIssue, parent: readonly PropertyKey[]): Generator<FaultPlace> {
  const path = [...parent, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      yield { path: pathText([...path, key]), expected: 'unknown key, remove it', expectedZh: '不支持的字段，请删除' };
    }
    return;
  }
  if (issue.code === 'invalid_union') {
    yield* placesOfUnion(issue, path);
    return;
  }
  const { zh, en } = expectedOf(issue);
  yield { path: pathText(path), expected: en, expectedZh: zh };
}

function* placesOfUnion(issue: z.core.$ZodIssueInvalidUnion, path: readonly PropertyKey[]): Generator<FaultPlace> {
  // Of several branches the one that got furthest explains most; branches that fail at once only name their type.
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const deepest = branches.sort((a, b) => depthOf(b) - depthOf(a))[0];
  if (deepest && depthOf(deepest) > 0) {
    for (const inner of deepest) yield* placesOfIssue(inner, path);
    return;
  }
  const firsts = branches.flatMap((branch) => alternativesOf(branch[0]));
  if (firsts.length === 0) {
    // No branch has that kind; zod's path ends in the key that distinguishes the kinds.
    yield { path: pathText(path), expected: 'expected a known value', expectedZh: '应为已知的取值' };
    return;
  }
  const { zh, en } = anyOf(firsts);
  yield { path: pathText(path), expected: en, expectedZh: zh };
}

/** The branches of a union within a union stand beside its own. */
function alternativesOf(issue: z.core.$ZodIssue | undefined): z.core.$ZodIssue[] {
  if (issue === undefined) return [];
  if (issue.code !== 'invalid_union') return [issue];
  return issue.errors.flatMap((branch) => alternativesOf(branch[0]));
}

/** One sentence for several things that would do; what may be left empty is said last: `应为 IPv4 或 IPv6 地址，或为空`. */
function anyOf(all: readonly z.core.$ZodIssue[]): { zh: string; en: string } {
  // Who wrote a text that is wrong is not told that an object would do as well.
  const isOfKind = all.some(({ code }) => code === 'custom');
  const issues = all.filter(
    (issue) => !(isOfKind && issue.code === 'invalid_type' && /^(object|record|array)$/.test(issue.expected)),
  );
  const blank = issues.some((issue) => isBlank(issue));
  const addresses = ['ipv4', 'ipv6'].every((format) =>
    issues.some((issue) => 'format' in issue && issue.format === format),
  );
  const texts = issues
    .filter((issue) => !onlyBlank(issue) && !(addresses && 'format' in issue && /^ipv[46]$/.test(issue.format ?? '')))
    .map(expectedOf);
  if (addresses) texts.unshift({ zh: '应为 IPv4 或 IPv6 地址', en: 'expected an IPv4 or IPv6 address' });
  const zh = [...new Set(texts.map((text) => text.zh))].map((text, index) =>
    index === 0 ? text : text.replace(/^应为/, ''),
  );
  const en = [...new Set(texts.map((text) => text.en))].map((text, index) =>
    index === 0 ? text : text.replace(/^expected /, ''),
  );
  if (texts.length === 0) return { zh: '应为空', en: 'expected nothing' };
  return {
    zh: zh.join('，或') + (blank ? '，或为空' : ''),
    en: en.join(', or ') + (blank ? ', or nothing' : ''),
  };
}

const emptyValues = new Set<unknown>(['', null, undefined]);

function isBlank(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'invalid_type') return issue.expected === 'null' || issue.expected === 'undefined';
  return issue.code === 'invalid_value' && issue.values.some((value) => emptyValues.has(value));
}

function onlyBlank(issue: z.core.$ZodIssue): boolean {
  return isBlank(issue) && (issue.code !== 'invalid_value' || issue.values.every((value) => emptyValues.has(value)));
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((deepest, issue) => Math.max(deepest, issue.path.length), 0);
}

const typeNames: Readonly<Record<string, string>> = {
  string: '文本',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  object: '对象',
  array: '列表',
  tuple: '列表',
  record: '对象',
  map: '对象',
  date: '日期',
  bigint: '整数',
  null: '空值',
  undefined: '空值',
  never: '空值',
};

/** A blank between Chinese and Latin letters. */
const spaced = (name: string): string => (/^[A-Za-z]/.test(name) ? ` ${name}` : name);

/** Types that a person calls otherwise than the schema does. */
const englishNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  record: 'an object',
  map: 'an object',
  tuple: 'a list',
  int: 'a whole number',
  bigint: 'a whole number',
  date: 'a date',
  null: 'nothing',
  undefined: 'nothing',
  never: 'nothing',
};

const formatNames: Readonly<Record<string, { zh: string; en: string }>> = {
  ipv4: { zh: 'IPv4 地址', en: 'an IPv4 address' },
  ipv6: { zh: 'IPv6 地址', en: 'an IPv6 address' },
  date: { zh: '日期，如 2026-11-21', en: 'a day such as 2026-11-21' },
  email: { zh: '邮箱地址', en: 'an email address' },
  url: { zh: '网址，如 https://example.cn/', en: 'a URL such as https://example.cn/' },
  uuid: { zh: 'UUID', en: 'a UUID' },
  base64: { zh: 'Base64 文本', en: 'text in Base64' },
  datetime: { zh: 'UTC 时刻，如 2026-11-21T01:30:00Z', en: 'an instant in UTC such as 2026-11-21T01:30:00Z' },
};

function expectedOf(issue: z.core.$ZodIssue): { zh: string; en: string } {
  switch (issue.code) {
    case 'invalid_type':
      return {
        zh: `应为${spaced(typeNames[issue.expected] ?? issue.expected)}`,
        en: `expected ${englishNames[issue.expected] ?? issue.expected}`,
      };
    case 'invalid_value':
      return expectedValue(issue.values);
    case 'too_small':
      return measured(issue.origin, Number(issue.minimum), { ...issue, isLeast: true });
    case 'too_big':
      return measured(issue.origin, Number(issue.maximum), { ...issue, isLeast: false });
    case 'invalid_format': {
      const name = formatNames[issue.format];
      if (name) return { zh: `应为 ${name.zh}`, en: `expected ${name.en}` };
      const pattern = 'pattern' in issue ? ` ${issue.pattern}` : '';
      if (issue.format === 'regex')
        return { zh: `格式不正确，应符合${pattern}`, en: `expected text that matches${pattern}` };
      return { zh: `格式应为 ${issue.format}${pattern}`, en: `expected the format ${issue.format}${pattern}` };
    }
    case 'custom': {
      // A check without words of its own says only that it failed.
      const isBare = issue.message.startsWith('Invalid');
      const wording = isBare
        ? { zh: '不符合要求', en: 'expected another value' }
        : { zh: issue.message, en: issue.message };
      const params = issue.params as { zh?: unknown; en?: unknown } | undefined;
      return {
        zh: typeof params?.zh === 'string' ? params.zh : wording.zh,
        en: typeof params?.en === 'string' ? params.en : wording.en,
      };
    }
    case 'invalid_union':
      return anyOf(alternativesOf(issue));
    case 'not_multiple_of':
      return { zh: `应为 ${issue.divisor} 的倍数`, en: `expected a multiple of ${issue.divisor}` };
    case 'invalid_key':
      return { zh: '字段名不符合要求', en: 'expected another name for this field' };
    case 'invalid_element':
      return { zh: '其中有不符合要求的值', en: 'expected other values in it' };
    case 'unrecognized_keys':
      return { zh: '不支持的字段，请删除', en: 'unknown key, remove it' };
  }
}

/** One of some values, of which the empty one is said in words. */
function expectedValue(values: readonly unknown[]): { zh: string; en: string } {
  const named = values.filter((value) => !emptyValues.has(value)).map(String);
  const blank = named.length < values.length;
  if (named.length === 0) return { zh: '应为空', en: 'expected nothing' };
  const isOne = named.length === 1;
  return {
    zh: `${isOne ? '应为 ' : '应为以下之一：'}${named.join('、')}${blank ? '，或为空' : ''}`,
    en: `expected ${isOne ? '' : 'one of '}${named.join(', ')}${blank ? ', or nothing' : ''}`,
  };
}

interface Bound {
  readonly isLeast: boolean;
  readonly inclusive?: boolean | undefined;
  readonly exact?: boolean | undefined;
}

/** How long a text or a list may be, or how large a number. */
function measured(
  origin: string,
  bound: number,
  { isLeast, inclusive = true, exact }: Bound,
): { zh: string; en: string } {
  const counted = countedOf(origin, bound);
  if (counted === null) {
    const zh = isLeast ? (inclusive ? '不小于' : '大于') : inclusive ? '不大于' : '小于';
    const en = isLeast ? (inclusive ? 'at least' : 'more than') : inclusive ? 'at most' : 'less than';
    return { zh: `应${zh} ${bound}`, en: `expected a number of ${en} ${bound}` };
  }
  if (exact === true) return { zh: `应有 ${counted.zh}`, en: `expected ${counted.en}` };
  if (!isLeast) return { zh: `不能超过 ${counted.zh}`, en: `expected at most ${counted.en}` };
  if (origin === 'string' && bound === 1) return { zh: '不能为空', en: 'expected text that is not empty' };
  return { zh: `至少应有 ${counted.zh}`, en: `expected at least ${counted.en}` };
}

/** So many characters or items; null where the value itself is measured. */
function countedOf(origin: string, count: number): { zh: string; en: string } | null {
  const s = count === 1 ? '' : 's';
  if (origin === 'string') return { zh: `${count} 个字符`, en: `${count} character${s}` };
  if (origin === 'array' || origin === 'set') return { zh: `${count} 项`, en: `${count} item${s}` };
  return null;
}
