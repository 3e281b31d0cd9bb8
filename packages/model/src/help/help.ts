import { blockHelp } from './block-texts.ts';
import { codeHelp } from './code-texts.ts';
import { filingHelp } from './filing-texts.ts';
import { formHelp } from './form-texts.ts';
import type { HelpText } from './help-text.ts';
import { numberHelp } from './number-texts.ts';
import { refusalHelp } from './refusal-texts.ts';
import { resourceHelp } from './resource-texts.ts';
import { routeHelp } from './route-texts.ts';

/** All help texts, in reading order. */
export const helpTexts: readonly HelpText[] = [
  ...codeHelp,
  ...resourceHelp,
  ...refusalHelp,
  ...filingHelp,
  ...routeHelp,
  ...formHelp,
  ...blockHelp,
  ...numberHelp,
];

/** The text with that id, if there is one. */
export function findHelp(id: string): HelpText | undefined {
  return helpTexts.find((text) => text.id === id);
}
