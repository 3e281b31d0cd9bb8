import { isDay } from '../../calendar/day.ts';
import {
  type FieldDefinition,
  type Finding,
  type FormValues,
  isAsked,
  isRecord,
  itemsOf,
  type Text,
} from './definition.ts';
import { isEmpty } from './is-empty.ts';
import type { RuleBreach, RuleTable } from './rule.ts';

/** The values beside a field, and where they are: '' for the form, `service.platforms.0.` for an item. */
interface Scope {
  readonly values: FormValues;
  readonly at: string;
  /** Findings go to its end. */
  readonly found: Finding[];
}

/**
 * Checks one field against its shape and its rules; of a list each item's fields too. A field that is not asked is not looked
 * at.
 * @returns every finding, not only the first
 */
export function checkField<Context>(
  field: FieldDefinition,
  values: FormValues,
  context: Context,
  rules: RuleTable<Context>,
): Finding[] {
  const found: Finding[] = [];
  checkIn(field, { values, at: '', found }, context, rules);
  return found;
}

function checkIn<Context>(field: FieldDefinition, scope: Scope, context: Context, rules: RuleTable<Context>): void {
  const { values, at, found } = scope;
  if (!isAsked(field, values)) return;
  const path = `${at}${field.path}`;
  const value = values[field.path];
  const add = (broken: Broken | null | undefined): void => {
    if (broken) found.push(findingAt(path, broken));
  };
  if (isEmpty(value)) {
    if (field.required) add(missing(field));
    else for (const id of field.rules) add(rules.ofEmpty[id]?.('', field, values, context));
    return;
  }
  const shape = shapeProblem(field, value);
  if (shape !== null) return add(shape);
  if (!Array.isArray(value)) {
    const text = String(value).trim();
    for (const id of field.rules) add(rules.ofValues[id]?.(text, field, values, context));
    return;
  }
  for (const id of field.rules) add(rules.ofLists[id]?.(value, values, context));
  if (field.input === 'list') {
    for (const [index, item] of itemsOf(value).entries()) {
      for (const one of field.item) checkIn(one, { values: item, at: `${path}.${index}.`, found }, context, rules);
    }
    return;
  }
  for (const id of field.rules) {
    const broken = value.map((one) => rules.ofValues[id]?.(String(one).trim(), field, values, context));
    add(broken.find((one) => one));
  }
}

type Broken = Omit<RuleBreach, 'source'> & { readonly source: string | null };

const findingAt = (field: string, { rule, message, remedy, source }: Broken): Finding => ({
  field,
  rule,
  message,
  remedy,
  source,
  from: 'pre_check',
});

const missing = ({ label }: FieldDefinition) => ({
  rule: 'required',
  message: { zh: `“${label.zh}”未填写`, en: `“${label.en}” is missing` },
  remedy: { zh: '请填写此项。', en: 'Enter a value.' },
  source: null,
});

const misshapen = (message: Text): Broken => ({
  rule: 'form',
  message,
  remedy: { zh: '请重新填写此项。', en: 'Enter it again.' },
  source: null,
});

const notListed: Text = { zh: '请从列出的选项中选择', en: 'Choose from the options listed' };

function shapeProblem(field: FieldDefinition, value: unknown): Broken | null {
  if (field.input === 'list' || field.input === 'texts' || field.input === 'multi_select') {
    return listProblem(field, value);
  }
  // What was settled before may be a list that is only shown.
  if (Array.isArray(value) && field.input === 'fixed') return null;
  if (typeof value !== 'string') return misshapen({ zh: '应为文字', en: 'Text is expected' });
  return textProblem(field, value);
}

function listProblem(field: FieldDefinition, value: unknown): Broken | null {
  if (!Array.isArray(value))
    return misshapen(field.input === 'multi_select' ? notListed : { zh: '应为列表', en: 'A list is expected' });
  if (field.most !== null && value.length > field.most) {
    return misshapen({ zh: `最多 ${field.most} 项`, en: `At most ${field.most}` });
  }
  if (field.input === 'list') {
    return value.every(isRecord) ? null : misshapen({ zh: '应为列表', en: 'A list is expected' });
  }
  if (!value.every((one) => typeof one === 'string')) {
    return misshapen(field.input === 'multi_select' ? notListed : { zh: '应为文字', en: 'Text is expected' });
  }
  const wrong = value.map((one) => textProblem(field, one)).find((problem) => problem !== null);
  if (wrong) return wrong;
  if (new Set(value.map((one) => one.trim())).size < value.length) {
    return misshapen({ zh: '有重复的内容', en: 'The same is given twice' });
  }
  return null;
}

function textProblem(field: FieldDefinition, value: string): Broken | null {
  if (field.input === 'tick') return value === 'yes' ? null : misshapen(notListed);
  if (field.options.length > 0 && field.input !== 'fixed' && !field.options.some((option) => option.value === value)) {
    return field.notOffered ?? misshapen(notListed);
  }
  if (field.input === 'date' && !isDay(value)) return misshapen(dayExpected);
  if (field.input === 'until' && value !== 'long_term' && !isDay(value)) return misshapen(dayExpected);
  // No text has more characters than code units.
  if (field.maxLength !== null && value.length > field.maxLength && [...value].length > field.maxLength) {
    return misshapen({ zh: `不能超过 ${field.maxLength} 个字`, en: `At most ${field.maxLength} characters` });
  }
  const [hidden] = (field.input === 'fixed' ? controls : unseen).exec(value) ?? [];
  if (hidden !== undefined) return withUnseen(hidden);
  return field.path === 'name' || field.path.endsWith('.name') ? nameProblem(value.trim()) : null;
}

/** Of names alone: what is in no certificate, and what other computers show as something else. */
function nameProblem(name: string): Broken | null {
  const [blank] = blanks.exec(name) ?? [];
  if (blank !== undefined) return withUnseen(blank);
  const [own] = privateUse.exec(name) ?? [];
  if (own !== undefined) {
    return {
      ...misshapen({
        zh: `含有自造字（${codeOf(own)}），其他电脑和管局无法显示`,
        en: `It contains a character of private use (${codeOf(own)}), which other computers and the authority cannot show`,
      }),
      remedy: {
        zh: '请改用标准编码的生僻字；没有的，请联系我们。',
        en: 'Use the character’s standard code; if there is none, ask us.',
      },
    };
  }
  const [emoji] = emojis.exec(name) ?? [];
  if (emoji === undefined) return null;
  return {
    ...misshapen({ zh: `含有表情符号（${emoji}）`, en: `It contains an emoji (${emoji})` }),
    remedy: { zh: '请删除表情符号。', en: 'Remove the emoji.' },
  };
}

/** Tabs and line breaks are for texts of several lines. */
const blanks = /[\t\n\r]/u;
const privateUse = /\p{Co}/u;
/** What is drawn in colour; signs of text as ★ ™ → are none unless a selector makes them one. */
const emojis = /[\p{Emoji_Presentation}\p{Emoji_Modifier}\p{Regional_Indicator}\u{1f000}-\u{1faff}]|\ufe0f|\u20e3/u;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what is looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u;
/**
 * What nobody sees and yet makes another text of a name: controls, marks of width and direction (which also turn what is beside them
 * around for whoever reviews it), separators of lines, fillers. Mongolian has a letter among them.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const unseen =
  /(?!\u180e)[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/u;

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

function withUnseen(character: string): Broken {
  const code = codeOf(character);
  return {
    ...misshapen({ zh: `含有不可见的字符（${code}）`, en: `It contains a character that nobody sees (${code})` }),
    remedy: {
      zh: '请删除此项内容后手工输入，不要从网页或文档粘贴。',
      en: 'Clear the field and type it in; do not paste it from a page or document.',
    },
  };
}

const dayExpected: Text = { zh: '应为确实存在的日期，如 2030-01-31', en: 'Enter a day that exists, as 2030-01-31' };
