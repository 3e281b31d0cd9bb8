import { dayOf } from '@openbeian/model/calendar';
import {
  actionsFrom,
  type FilingAction,
  filingEventTexts,
  filingKindNames,
  filingStates,
  filingTransitions,
  mayClaim,
  openAsk,
  remindersOf,
  type TimeLimit,
  timeLimitOf,
} from '@openbeian/model/filing';
import { type ToldFinding, toldFinding } from '@openbeian/model/forms';
import type { FilingClaim, FilingEventRow, FilingListRow, FilingRow } from '../../ports/index.ts';
import type { Actor } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { claimAt } from './claim.ts';
import { dueOf, emptyDraftDueAt } from './due-at.ts';
import { undoUntil } from './lapse/undo-until.ts';

type Text = { readonly zh: string; readonly en: string };

/** Who of the provider works on a filing, for the provider's people. */
interface ClaimView extends FilingClaim {
  readonly mine: boolean;
}

/** How far a review is; null while there is none. */
interface ReviewStand {
  readonly round: number;
  readonly secondLook: boolean;
  readonly askedAt: string | null;
  readonly callsMissed: number;
  readonly lastCall: FilingRow['lastCall'];
  readonly callAgainAt: string | null;
}

export interface FilingView {
  readonly id: string;
  readonly accountId: string;
  readonly provider: string;
  readonly kind: FilingRow['kind'];
  readonly kindText: Text;
  readonly state: FilingRow['state'];
  readonly stateText: Text;
  readonly owner: (typeof filingStates)[FilingRow['state']]['owner'];
  readonly actions: string[];
  readonly version: number;
  readonly domainName: string;
  readonly serviceKind: FilingRow['serviceKind'];
  readonly subjectKind: FilingRow['subjectKind'];
  readonly provinceCode: string;
  readonly subjectNumber: string | null;
  readonly serviceNumber: string | null;
  readonly resourceId: string | null;
  readonly codeId: string | null;
  readonly review: ReviewStand | null;
  readonly claim: ClaimView | null;
  readonly findings: ToldFinding[];
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly dueAt: string | null;
  readonly dueProvisional: boolean;
  readonly limit: Pick<TimeLimit, 'amount' | 'unit' | 'source' | 'asOf'> | null;
  readonly reminders: string[];
  readonly reopenUntil: string | null;
}

export function filingViewOf(deps: FlowDeps, filing: FilingListRow, actor: Actor): FilingView {
  const { owner, zh, en } = filing.askedAt === null ? filingStates[filing.state] : openAsk;
  const told = actor.role === 'customer' ? filing.toldKind : null;
  const kind = told ?? filing.kind;
  const claim = actor.role === 'customer' ? null : claimAt(filing, deps.clock.now());
  return {
    id: filing.id,
    accountId: filing.accountId,
    provider: filing.provider,
    kind,
    kindText: filingKindNames[kind],
    state: filing.state,
    stateText: { zh, en },
    owner,
    actions: actionsFor(deps, filing, actor),
    version: filing.version,
    domainName: filing.domainName,
    serviceKind: filing.serviceKind,
    subjectKind: filing.subjectKind,
    provinceCode: filing.provinceCode,
    // Numbers on record are told to whoever has shown to be the subject.
    subjectNumber: told === null ? filing.subjectNumber : null,
    serviceNumber: told === null ? filing.serviceNumber : null,
    resourceId: filing.resourceId,
    codeId: filing.codeId,
    review: reviewStandOf(filing, actor),
    claim: claim === null ? null : { ...claim, mine: claim.holderId === actor.userId },
    findings: filing.findings.map((finding) => toldFinding(finding)),
    startedAt: filing.startedAt,
    updatedAt: filing.updatedAt,
    dueAt: filing.dueAt,
    dueProvisional: dueOf(filing.state, filing.updatedAt, deps).provisional,
    ...limitOf(deps, filing),
    reopenUntil: reopenUntilOf(deps, filing),
  };
}

function reviewStandOf(filing: FilingListRow, actor: Actor): ReviewStand | null {
  if (filing.state !== 'awaiting_review') return null;
  const { reviewRound: round, askedAt, callsMissed, lastCall, callAgainAt } = filing;
  const secondLook = actor.role !== 'customer' && filing.firstPassedBy !== null;
  return { round, secondLook, askedAt, callsMissed, lastCall, callAgainAt };
}

/** How long the state may take, by what source, and when its customer is reminded. */
function limitOf(
  { desk, drafts: { emptyDays } }: FlowDeps,
  { state, startedAt, updatedAt, dueAt }: FilingListRow,
): Pick<FilingView, 'limit' | 'reminders'> {
  if (state === 'draft' && dueAt === emptyDraftDueAt(startedAt, emptyDays)) {
    return { limit: { amount: emptyDays, unit: 'days', source: 'openbeian', asOf: null }, reminders: [] };
  }
  const found = timeLimitOf(desk.timeLimits, state, dayOf(updatedAt));
  if (found === null || dueAt === null) return { limit: null, reminders: [] };
  const { amount, unit, source, asOf } = found;
  return { limit: { amount, unit, source, asOf }, reminders: [...remindersOf(found, dueAt)] };
}

/** What this actor may do with the filing now. Nobody reviews a filing of their own, nor one that somebody else works on. */
function actionsFor(deps: FlowDeps, filing: FilingListRow, actor: Actor): string[] {
  if (actor.support === true) return [];
  const at = deps.clock.now();
  const claim = claimAt(filing, at);
  const isOthers = claim !== null && claim.holderId !== actor.userId;
  const isOwnWork = isOwnWorkOf(filing, actor);
  const steps: readonly FilingAction[] = actionsFrom(filing.state).filter((action) => {
    if (!isOffered(filing, action)) return false;
    const { by } = filingTransitions[action];
    if (by === 'customer') return actor.role === 'customer' && actor.accountId === filing.accountId;
    if (by === 'reviewer') return actor.role === 'reviewer' && !isOwnWork && !isOthers;
    return by === 'operator' && actor.role === 'operator';
  });
  const claims = mayClaim(actor.role, filing.state) && !isOwnWork && !isOthers ? ['claim'] : [];
  const releases = claim !== null && (!isOthers || actor.role === 'operator') && actor.role !== 'customer';
  const reopens = actor.role === 'operator' && reopenUntilOf(deps, filing) !== null;
  const isAtAuthority = filing.state === 'awaiting_sms' || filing.state === 'awaiting_verdict';
  const enters = (deps.authorityByHand || filing.byHand) && actor.role === 'operator' && isAtAuthority && !isOthers;
  const more = { release: releases, reopen: reopens, enter_result: enters };
  return [...steps, ...claims, ...Object.entries(more).flatMap(([action, may]) => (may ? [action] : []))];
}

/** Nobody reviews what they submitted, nor looks a second time at what they passed. */
const isOwnWorkOf = (filing: FilingListRow, { userId }: Actor): boolean =>
  userId === filing.submittedBy || userId === filing.firstPassedBy;

/** One operation submits either way, and one passes. While the customer is asked, it waits for the answer. */
function isOffered({ askedAt }: FilingListRow, action: FilingAction): boolean {
  if (action === 'submit_unreviewed' || action === 'pass_first') return false;
  if (action === 'answer') return askedAt !== null;
  return askedAt === null || (action !== 'pass' && action !== 'ask');
}

/** Null: it has not lapsed, or it lapsed too long ago. */
function reopenUntilOf(deps: FlowDeps, { state, lapsedAt }: FilingListRow): string | null {
  if (state !== 'abandoned' || lapsedAt === null) return null;
  const until = undoUntil(lapsedAt, deps.keep.undoDays);
  return Date.parse(until) > Date.parse(deps.clock.now()) ? until : null;
}

export const eventViewOf = (event: FilingEventRow) => ({
  at: event.at,
  actorRole: event.actorRole,
  type: event.type,
  text: filingEventTexts[event.type] ?? { zh: event.type, en: event.type },
});
