import type { Day } from '../calendar/day.ts';
import { type FilingNumber, readNumber } from './grammar.ts';
import { provinceLetters } from './letters.ts';
import { normaliseInText } from './normalise.ts';
import { type NumberReading, parseFilingNumbers } from './parse.ts';
import { problem } from './problem.ts';

const simplified: Readonly<Record<string, string>> = {
  滬: '沪',
  晉: '晋',
  遼: '辽',
  蘇: '苏',
  閩: '闽',
  贛: '赣',
  魯: '鲁',
  瓊: '琼',
  貴: '贵',
  雲: '云',
  陝: '陕',
  隴: '陇',
  寧: '宁',
  網: '网',
  證: '证',
};
const letters = provinceLetters.join('');

/**
 * What a reader of a web page overlooks and a form field must refuse, in this order. Blanks are joined only where a
 * number's own parts meet: `号-1 2026` must stay two things.
 */
const repairs: readonly (readonly [RegExp, string])[] = [
  [/-{2,}/g, '-'],
  // Transposed as on pages that were seen: 沪公安网备.
  [/公安网备/g, '公网安备'],
  [/ICP ?备(?: ?ICP ?备)+/g, 'ICP备'],
  [/ICP ?备案? ?号? ?:? ?(?=\d)/g, 'ICP备'],
  [/ICP ?证 ?号? ?:? ?(?=\d)/g, 'ICP证'],
  [/公网安备案? ?号? ?:? ?(?=\d)/g, '公网安备'],
  [new RegExp(`([${letters}]) (?=ICP[备证]|公网安备|[AB]\\d-)`, 'g'), '$1'],
  [/(\d) 号/g, '$1号'],
  [/号 -(?=\d)/g, '号-'],
  // A word right behind the counter (号-1Copyright) is no service letter.
  [/(-\d+)(?=[A-Z]{2})/g, '$1 '],
];

/**
 * Finds filing numbers inside running text, such as a page's footer, and repairs typing faults on the way. What
 * `parseFilingNumbers` accepts is read the same here. Never throws.
 */
export function findFilingNumbers(text: string, at: Day): NumberReading {
  const strict = parseFilingNumbers(text, at);
  if (strict.valid) return strict;
  let repaired = normaliseInText(text).replace(
    /[滬晉遼蘇閩贛魯瓊貴雲陝隴寧網證]/g,
    (letter) => simplified[letter] ?? letter,
  );
  for (const [pattern, replacement] of repairs) repaired = repaired.replace(pattern, replacement);
  const numbers: FilingNumber[] = [];
  const year = Number(at.slice(0, 4));
  for (let position = 0; position < repaired.length; ) {
    const reading = startsWithinWord(repaired, position) ? null : readNumber(repaired, position, year);
    if (reading?.number) numbers.push(reading.number);
    position = reading?.number ? reading.end : position + 1;
  }
  if (numbers.length > 0) return { valid: true, numbers, problem: null };
  return { valid: false, numbers: [], problem: problem('not_found') };
}

/** A cross-region licence begins with a Latin letter, which must not be the middle of a word. */
function startsWithinWord(text: string, position: number): boolean {
  return /[A-Z0-9.]/.test(text.charAt(position)) && position > 0 && /[A-Z0-9.]/.test(text.charAt(position - 1));
}
