import type { Day } from '../calendar/day.ts';
import { type FilingNumber, readNumber } from './grammar.ts';
import { normalise } from './normalise.ts';
import { type NumberProblem, problem } from './problem.ts';

/** What a text says about filing numbers: either `numbers` has at least one and `problem` is null, or the reverse. */
export interface NumberReading {
  readonly valid: boolean;
  readonly numbers: readonly FilingNumber[];
  readonly problem: NumberProblem | null;
}

/**
 * Reads a form field: the whole text is one number, or several glued together (鲁ICP备…鲁公网安备…), in the grammar of
 * docs/sources.md `STANDARDS`, §3. Anything left over after normalising refuses the whole text, with the first problem.
 * `at` is the day of asking: a number cannot be of a later year. Never throws for any `text`.
 */
export function parseFilingNumbers(text: string, at: Day): NumberReading {
  const normal = normalise(text);
  if (normal === '') return refused(problem('empty'));
  const year = Number(at.slice(0, 4));
  const numbers: FilingNumber[] = [];
  for (let position = 0; position < normal.length; ) {
    const reading = readNumber(normal, position, year);
    if (!reading)
      return refused(numbers.length === 0 ? problem('no_number') : problem('remainder', excerpt(normal, position)));
    if (!reading.number) return refused(reading.problem);
    numbers.push(reading.number);
    position = reading.end;
  }
  return { valid: true, numbers, problem: null };
}

function refused(why: NumberProblem | null): NumberReading {
  return { valid: false, numbers: [], problem: why };
}

function excerpt(text: string, from: number): string {
  const rest = Array.from(text.slice(from, from + 80));
  return rest.length > 20 ? `${rest.slice(0, 20).join('')}…` : rest.join('');
}
