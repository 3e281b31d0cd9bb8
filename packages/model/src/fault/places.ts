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
  // Branches without an issue are filtered out above.
  const texts = branches.map((branch) => expectedOf(branch[0] as z.core.$ZodIssue));
  if (texts.length === 0) {
    // No branch has that kind; zod's path ends in the key that distinguishes the kinds.
    yield { path: pathText(path), expected: 'expected a known value', expectedZh: '应为已知的取值' };
    return;
  }
  const en = [...new Set(texts.map((text) => text.en))].join(' or ');
  const zh = [...new Set(texts.map((text) => text.zh))].join('，或');
  yield { path: pathText(path), expected: en, expectedZh: zh };
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((deepest, issue) => Math.max(deepest, issue.path.length), 0);
}

const typeNames: Readonly<Record<string, string>> = {
  string: '字符串',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  object: '对象',
  array: '列表',
};

const formatNames: Readonly<Record<string, { zh: string; en: string }>> = {
  ipv4: { zh: 'IPv4 地址', en: 'an IPv4 address' },
  ipv6: { zh: 'IPv6 地址', en: 'an IPv6 address' },
  date: { zh: '日期，如 2026-11-21', en: 'a day such as 2026-11-21' },
  datetime: { zh: 'UTC 时刻，如 2026-11-21T01:30:00Z', en: 'an instant in UTC such as 2026-11-21T01:30:00Z' },
};

function expectedOf(issue: z.core.$ZodIssue): { zh: string; en: string } {
  switch (issue.code) {
    case 'invalid_type':
      return { zh: `应为${typeNames[issue.expected] ?? issue.expected}`, en: `expected ${issue.expected}` };
    case 'invalid_value':
      return {
        zh: `应为以下之一：${issue.values.map(String).join('、')}`,
        en: `expected one of ${issue.values.map(String).join(', ')}`,
      };
    case 'too_small': {
      const relation = issue.inclusive ? 'at least' : 'more than';
      const unit = unitOf(issue.origin);
      return {
        zh: `${unit.zh}应${issue.inclusive ? '不小于' : '大于'} ${issue.minimum}`,
        en: `expected ${unit.en}${relation} ${issue.minimum}`,
      };
    }
    case 'too_big': {
      const relation = issue.inclusive ? 'at most' : 'less than';
      const unit = unitOf(issue.origin);
      return {
        zh: `${unit.zh}应${issue.inclusive ? '不大于' : '小于'} ${issue.maximum}`,
        en: `expected ${unit.en}${relation} ${issue.maximum}`,
      };
    }
    case 'invalid_format': {
      const name = formatNames[issue.format];
      if (name) return { zh: `应为 ${name.zh}`, en: `expected ${name.en}` };
      const pattern = 'pattern' in issue ? ` ${issue.pattern}` : '';
      return { zh: `格式应为 ${issue.format}${pattern}`, en: `expected the format ${issue.format}${pattern}` };
    }
    case 'custom': {
      const params = issue.params as { zh?: unknown; en?: unknown } | undefined;
      return {
        zh: typeof params?.zh === 'string' ? params.zh : issue.message,
        en: typeof params?.en === 'string' ? params.en : issue.message,
      };
    }
    default:
      return { zh: issue.message, en: issue.message };
  }
}

function unitOf(origin: string): { zh: string; en: string } {
  if (origin === 'string') return { zh: '字符数', en: 'a length of ' };
  if (origin === 'array' || origin === 'set') return { zh: '条数', en: 'a count of ' };
  return { zh: '数值', en: 'a number of ' };
}
