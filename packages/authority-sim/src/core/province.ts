import { divisionOf, provinceLetters } from '@openbeian/model/number';

/** The letter of a six-digit division code's province, e.g. 440300 → 粤; undefined where no authority answers to it. */
export function provinceLetter(divisionCode: string): string | undefined {
  return provinceLetters.find((letter) => divisionOf(letter) === divisionCode.slice(0, 2));
}
