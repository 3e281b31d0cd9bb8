import type { ReasonCode, StandingReasonCode } from '@openbeian/model/eligibility';
import type { RouteReasonCode } from '@openbeian/model/filing';
import type { GateReason } from '@openbeian/model/gate';
import { codeHelp } from './code-texts.ts';
import { filingHelp } from './filing-texts.ts';
import { numberHelp } from './number-texts.ts';
import { refusalHelp } from './refusal-texts.ts';
import { resourceHelp } from './resource-texts.ts';

/** Pages of the console where questions arise. */
type HelpPage =
  | 'overview'
  | 'resources'
  | 'resource'
  | 'codes'
  | 'start'
  | 'form'
  | 'filings'
  | 'filing'
  | 'records'
  | 'host';

/** What a reason's help hangs on: reasons of `check`, of a code, of a route, of the gate. */
type ExplainedReason =
  | ReasonCode
  | StandingReasonCode
  | 'code.bound'
  | 'code.used'
  | 'code.revoked'
  | RouteReasonCode
  | GateReason;

/** Where a question arises: at a reason, or on a page of the console. */
export type HelpTopic = `reason:${ExplainedReason}` | `page:${HelpPage}`;

/** An answer that only prose can give. */
export interface HelpText {
  readonly id: string;
  /** The places from which it can be reached; never empty. */
  readonly topics: readonly HelpTopic[];
  readonly zh: { readonly title: string; readonly body: string };
  readonly en: { readonly title: string; readonly body: string };
  /** Labels in docs/sources.md. */
  readonly source: readonly string[];
}

/** All help texts, in reading order. */
export const helpTexts: readonly HelpText[] = [
  ...codeHelp,
  ...resourceHelp,
  ...refusalHelp,
  ...filingHelp,
  ...numberHelp,
];

/** The texts that belong to a place, in reading order. */
export function helpFor(topic: HelpTopic): readonly HelpText[] {
  return helpTexts.filter(({ topics }) => topics.includes(topic));
}

/** The text with that id, if there is one. */
export function findHelp(id: string): HelpText | undefined {
  return helpTexts.find((text) => text.id === id);
}
