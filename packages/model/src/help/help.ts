import { accountHelp } from './account-texts.ts';
import { blockHelp } from './block-texts.ts';
import { codeHelp } from './code-texts.ts';
import { filingHelp } from './filing-texts.ts';
import { formHelp } from './form-texts.ts';
import { helpGroups } from './groups.ts';
import type { HelpText } from './help-text.ts';
import { numberHelp } from './number-texts.ts';
import { providerHelp } from './provider-texts.ts';
import { refusalHelp } from './refusal-texts.ts';
import { resourceHelp } from './resource-texts.ts';
import { routeHelp } from './route-texts.ts';
import { stepHelp } from './step-texts.ts';

const written: readonly HelpText[] = [
  ...codeHelp,
  ...resourceHelp,
  ...refusalHelp,
  ...filingHelp,
  ...routeHelp,
  ...formHelp,
  ...stepHelp,
  ...blockHelp,
  ...numberHelp,
  ...accountHelp,
  ...providerHelp,
];

const places = new Map(helpGroups.flatMap(({ texts }) => texts).map((id, place) => [id, place]));

/** All help texts, in reading order: group by group. */
export const helpTexts: readonly HelpText[] = written.toSorted(
  (a, b) => (places.get(a.id) ?? places.size) - (places.get(b.id) ?? places.size),
);

/** The text with that id, if there is one. */
export function findHelp(id: string): HelpText | undefined {
  return helpTexts.find((text) => text.id === id);
}
