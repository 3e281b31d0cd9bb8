import {
  booleanFacts,
  choiceFacts,
  listFacts,
  numberFacts,
  type ProvinceCondition,
  textFacts,
} from '@openbeian/model/province';
import type { BookText } from './rule-book.ts';
import { listed } from './words.ts';

/** A condition of a province's rule as people read it. */
export function conditionText(condition: ProvinceCondition): BookText {
  if ('is' in condition) {
    const { yes, no } = booleanFacts[condition.fact];
    return condition.is ? yes : no;
  }
  if ('anyOf' in condition) return valuesText(listFacts[condition.fact], condition.anyOf, { zh: '：', en: ': ' });
  if ('below' in condition || 'atLeast' in condition) {
    return numberText(numberFacts[condition.fact], condition.below, condition.atLeast);
  }
  if ('oneOf' in condition || 'noneOf' in condition) {
    const { fact, oneOf, noneOf = [] } = condition;
    return oneOf === undefined
      ? valuesText(choiceFacts[fact], noneOf, { zh: '不是', en: ' is not ' })
      : valuesText(choiceFacts[fact], oneOf, { zh: '为', en: ' is ' });
  }
  if ('contains' in condition || 'startsWith' in condition) return wordsText(condition);
  // Conditions that were read have one of these.
  return { zh: condition.fact, en: condition.fact };
}

interface Unit extends BookText {
  readonly unit: BookText;
  readonly bounds?: { readonly atLeast: string; readonly below: string };
}

const usualBounds = { atLeast: '不少于', below: '不足' };

function numberText(fact: Unit, below: number | undefined, atLeast: number | undefined): BookText {
  const { zh, en, unit, bounds = usualBounds } = fact;
  const parts: BookText[] = [];
  const of = (number: number) => ({ zh: `${number} ${unit.zh}`, en: `${number} ${unit.en}`.trim() });
  if (atLeast !== undefined)
    parts.push({ zh: `${bounds.atLeast} ${of(atLeast).zh}`, en: `at least ${of(atLeast).en}` });
  if (below !== undefined) parts.push({ zh: `${bounds.below} ${of(below).zh}`, en: `below ${of(below).en}` });
  const said = listed(parts, { zh: '且', en: ' and ' });
  return { zh: `${zh}${said.zh}`, en: `${en}: ${said.en}` };
}

interface Values extends BookText {
  readonly values: Readonly<Record<string, BookText>>;
}

/** A value that the table does not name is shown as it is written. */
function valuesText({ zh, en, values }: Values, named: readonly string[], between: BookText): BookText {
  const said = listed(
    named.map((value) => values[value] ?? { zh: value, en: value }),
    { zh: '或', en: ' or ' },
  );
  return { zh: `${zh}${between.zh}${said.zh}`, en: `${en}${between.en}${said.en}` };
}

interface WordsCondition {
  readonly fact: keyof typeof textFacts;
  readonly contains?: readonly string[] | undefined;
  readonly startsWith?: readonly string[] | undefined;
}

function wordsText({ fact, contains, startsWith }: WordsCondition): BookText {
  const { zh, en } = textFacts[fact];
  const parts: BookText[] = [];
  const quoted = (words: readonly string[]) => words.map((word) => `“${word}”`);
  if (contains) parts.push({ zh: `含有${quoted(contains).join('、')}`, en: `contains ${quoted(contains).join(', ')}` });
  if (startsWith) {
    parts.push({ zh: `以${quoted(startsWith).join('、')}开头`, en: `starts with ${quoted(startsWith).join(', ')}` });
  }
  const said = listed(parts, { zh: '或', en: ' or ' });
  return { zh: `${zh}${said.zh}`, en: `${en} ${said.en}` };
}
