import type { ReasonCode, StandingReasonCode } from '@openbeian/model/eligibility';
import type { RouteReasonCode } from '@openbeian/model/filing';
import type { GateReason } from '@openbeian/model/gate';
import { codeHelp } from './code-texts.ts';
import { filingHelp } from './filing-texts.ts';
import { numberHelp } from './number-texts.ts';
import { resourceHelp } from './resource-texts.ts';

/** Pages of the console that show help. */
export type HelpPage = 'resources' | 'codes' | 'filing' | 'records' | 'query';

/** Where a question arises: at a reason, at a decision of the gate or the route, or on a page. */
export type HelpTopic =
  | `reason:${ReasonCode | StandingReasonCode | 'code.bound' | 'code.used' | 'code.revoked'}`
  | `gate:${GateReason}`
  | `route:${RouteReasonCode}`
  | `page:${HelpPage}`;

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
export const helpTexts: readonly HelpText[] = [...codeHelp, ...resourceHelp, ...filingHelp, ...numberHelp];

/** The texts that belong to a place, in reading order. */
export function helpFor(topic: HelpTopic): readonly HelpText[] {
  return helpTexts.filter(({ topics }) => topics.includes(topic));
}

/** The text with that id, if there is one. */
export function findHelp(id: string): HelpText | undefined {
  return helpTexts.find((text) => text.id === id);
}
