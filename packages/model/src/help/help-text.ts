import type { ReasonCode, SuspensionReasonCode } from '@openbeian/model/eligibility';
import type { RouteReasonCode } from '@openbeian/model/filing';
import type { GateReason } from '@openbeian/model/gate';

/** Pages of the console that offer help. */
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
  | 'host'
  | 'notices'
  | 'account'
  | 'people'
  | 'members'
  | 'contests'
  | 'api-keys'
  | 'webhooks'
  | 'review'
  | 'accounts'
  | 'inventory'
  | 'jobs'
  | 'operations'
  | 'audit'
  | 'authority';

/** Reasons that a help text can explain: of `check`, a code, a route or the gate. */
type ExplainedReason =
  | ReasonCode
  | SuspensionReasonCode
  | 'code.bound'
  | 'code.used'
  | 'code.revoked'
  | RouteReasonCode
  | GateReason;

/** Where a help text is offered: beside a reason, or on a page of the console. */
export type HelpTopic = `reason:${ExplainedReason}` | `page:${HelpPage}`;

/** A question and its answer, in both languages. */
export interface HelpText {
  readonly id: string;
  /** The places from which it can be reached; never empty. */
  readonly topics: readonly HelpTopic[];
  readonly zh: { readonly title: string; readonly body: string };
  readonly en: { readonly title: string; readonly body: string };
  /** Other words in which people ask it; the search finds the text by them, nobody is shown them. */
  readonly asked?: { readonly zh: readonly string[]; readonly en: readonly string[] };
  /** Labels in docs/sources.md. */
  readonly source: readonly string[];
}
