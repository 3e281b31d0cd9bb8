import { decodeHTML } from 'entities';
import type { Day } from '../calendar/day.ts';
import { type FilingNumber, readNumber } from './grammar.ts';
import { provinceLetters } from './letters.ts';
import { normaliseInText } from './normalise.ts';
import { type NumberReading, parseFilingNumbers } from './parse.ts';
import { type NumberProblem, problem } from './problem.ts';

const letters = provinceLetters.join('');

/**
 * What a reader of a web page overlooks and a form field must refuse, in this order. Blanks are joined only where a
 * number's own parts meet: `号-1 2026` must stay two things.
 */
const repairs: readonly (readonly [RegExp, string])[] = [
  [/-{2,}/g, '-'],
  [/(号|\d)_(?=\d)/g, '$1-'],
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

/** A part of a text that looks like a number, or is attached to one, and was not read. */
export interface DroppedText {
  /** As it was read, after the repairs. */
  readonly text: string;
  /** Why it is not a number; null for what is attached to one that was read. */
  readonly problem: NumberProblem | null;
}
/** What was found, and what was not read. */
export interface FoundNumbers extends NumberReading {
  readonly dropped: readonly DroppedText[];
}

/** Attached to a number without a blank: another serial, a word. */
const tail = /[-_#.]*[A-Z0-9]+/y;
/** Regions that give no such numbers: a letter of theirs is not the end of some other word. */
const elsewhere = /[港澳台臺]/;

/**
 * Finds filing numbers inside running text, such as the source of a page's footer, and repairs typing faults
 * on the way. What `parseFilingNumbers` accepts is read the same here. Says what looked like a number and was not read.
 * Never throws.
 */
export function findFilingNumbers(text: string, at: Day): FoundNumbers {
  const strict = parseFilingNumbers(text, at);
  if (strict.valid) return { ...strict, dropped: [] };
  const repaired = repair(text);
  const numbers: FilingNumber[] = [];
  const dropped: (DroppedText & { readonly end: number })[] = [];
  const year = Number(at.slice(0, 4));
  for (let position = 0; position < repaired.length; ) {
    const reading = startsWithinWord(repaired, position) ? null : readNumber(repaired, position, year);
    if (reading?.number == null) {
      if (reading !== null && position >= (dropped.at(-1)?.end ?? 0)) {
        const { end, problem: why } = reading;
        const taken = repaired.slice(position, end);
        // A word of the field alone, such as ICP备案, is none.
        if (/\d{4}/.test(taken)) dropped.push({ text: taken, problem: why, end });
      }
      position += 1;
      continue;
    }
    // Read from within: what was put aside was this number with a letter too many before it.
    if ((dropped.at(-1)?.end ?? 0) > position) dropped.pop();
    numbers.push(reading.number);
    tail.lastIndex = reading.end;
    const [rest] = tail.exec(repaired) ?? [];
    const begins = rest !== undefined && readNumber(repaired, reading.end, year)?.number != null;
    if (rest !== undefined && !begins) dropped.push({ text: rest, problem: null, end: reading.end + rest.length });
    position = reading.end;
  }
  const found = { numbers, dropped: dropped.map(({ text: said, problem: why }) => ({ text: said, problem: why })) };
  if (numbers.length > 0) return { valid: true, problem: null, ...found };
  return { valid: false, problem: problem('not_found'), ...found };
}

function repair(text: string): string {
  let repaired = normaliseInText(decoded(text));
  for (const [pattern, replacement] of repairs) repaired = repaired.replace(pattern, replacement);
  return repaired;
}

const mostTimesEscaped = 3;

/** Templates escape what is escaped already: `&amp;nbsp;`. */
function decoded(text: string): string {
  let read = text;
  for (let times = 0; times < mostTimesEscaped; times++) {
    const next = decodeHTML(read);
    if (next === read) break;
    read = next;
  }
  return read;
}

/** A cross-region licence begins with a Latin letter, which must be neither the middle of a word nor behind 台. */
function startsWithinWord(text: string, position: number): boolean {
  if (position === 0 || !/[A-Z0-9.]/.test(text.charAt(position))) return false;
  const before = text.charAt(position - 1);
  return /[A-Z0-9.]/.test(before) || elsewhere.test(before);
}
