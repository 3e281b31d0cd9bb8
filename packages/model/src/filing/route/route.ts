import { normaliseHost } from '../../domain-name/index.ts';
import { type FilingKind, filingKindTable, type RequestedKind, type RequestIntent, requestedKinds } from '../kinds.ts';
import type { RouteCase } from './case.ts';
import { type ReasonFacts, type RouteReason, type RouteReasonCode, reason } from './reasons.ts';
import { type RouteStep, stepsFor } from './steps.ts';

/** Which filing, if any, and when the name may be served here (contract §4). */
export interface Route {
  readonly need: 'required' | 'not_required' | 'advisable';
  readonly filing: FilingKind | 'elsewhere' | 'none';
  /** At once; after our initial review (a number exists already); or only with the number. */
  readonly accessible: 'now' | 'after_review' | 'after_number';
  /** Every fact that led here. */
  readonly reasons: readonly RouteReason[];
  /** What to do, in order. */
  readonly steps: readonly RouteStep[];
}

/** Where a region of a provider lies; null where nobody listed it. */
export type RegionPlaceOf = (provider: string, region: string) => 'mainland' | 'outside' | null;

/**
 * Decides which filing a case needs, by the tables of docs/sources.md `other-clouds-filing-kinds` and
 * `tencent-filing-kinds` and the answers of `tencent-run-filing` and `tencent-serverless-filing`. A filing ties a domain
 * name to a provider, so the product within the provider decides nothing.
 */
export function routeFiling(facts: RouteCase, placeOf: RegionPlaceOf): Route {
  const { registrableName } = normaliseHost(facts.domain);
  const named = { ...facts.hosting, registrableName: registrableName ?? facts.domain };
  const decision = facts.intent === 'open' ? decideOpening(facts, placeOf) : decideRequested(facts, facts.intent);
  const { filing, accessible, because } = answerFor(facts, decision);
  const codes = [...because, ...notesOn(facts)];
  return {
    need: needOf(facts, filing),
    filing,
    accessible,
    reasons: codes.map((code) => reason(code, named satisfies ReasonFacts)),
    steps: stepsFor(filing, decision.because.includes('route.record_of_other_subject') && filing === 'first'),
  };
}

interface Decision {
  readonly filing: Route['filing'];
  readonly accessible: Route['accessible'];
  readonly because: readonly RouteReasonCode[];
}

const nothing = (because: readonly RouteReasonCode[]): Decision => ({ filing: 'none', accessible: 'now', because });

/** Whoever is asked, the filing is made with the provider that hosts. */
function answerFor({ asked, hosting }: RouteCase, decision: Decision): Decision {
  if (decision.filing === 'none' || asked === undefined || asked === hosting.provider) return decision;
  return { ...decision, filing: 'elsewhere', because: ['route.asked_elsewhere', ...decision.because] };
}

function needOf({ intent, purpose }: RouteCase, filing: Route['filing']): Route['need'] {
  if (filing === 'none') return 'not_required';
  return intent === 'open' && purpose === 'planned' ? 'advisable' : 'required';
}

function decideOpening(facts: RouteCase, placeOf: RegionPlaceOf): Decision {
  const place = placeOf(facts.hosting.provider, facts.hosting.region);
  const exempt: RouteReasonCode[] = [];
  if (facts.purpose === 'none') exempt.push('route.no_site');
  if (place === 'outside') exempt.push('route.outside_mainland');
  if (facts.hosting.hostname === 'provider_default') exempt.push('route.provider_hostname');
  if (exempt.length > 0) return nothing(exempt);
  const { filing, accessible, because } = decideByRecord(facts);
  return {
    filing,
    accessible,
    because: [
      ...because,
      ...(facts.purpose === 'planned' && filing !== 'none' ? (['route.site_planned'] as const) : []),
      ...(place === null ? (['route.region_unknown'] as const) : []),
    ],
  };
}

function decideByRecord({ record, subject }: RouteCase): Decision {
  if (record.here && record.sameAccount) return nothing(['route.filed_here']);
  if (record.here) return { filing: 'move_account', accessible: 'now', because: ['route.filed_here_other_account'] };
  if (record.exists && subject.filed) {
    return { filing: 'access', accessible: 'after_review', because: ['route.filed_elsewhere'] };
  }
  // What opens with the number only: the name has none yet, or the one it has is another organiser's and ends first.
  const accessible = 'after_number';
  if (record.exists) return { filing: 'first', accessible, because: ['route.record_of_other_subject'] };
  if (!subject.filed) return { filing: 'first', accessible, because: ['route.never_filed'] };
  if (subject.here) return { filing: 'add_site_here', accessible, because: ['route.subject_here'] };
  return { filing: 'add_site_elsewhere', accessible, because: ['route.subject_elsewhere'] };
}

/** The other way round; each requested kind has an intent of its own. */
const kindOfIntent = Object.fromEntries(
  requestedKinds.map((kind) => [filingKindTable[kind].request.intent, kind]),
) as Readonly<Record<RequestIntent, RequestedKind>>;

/** Changing, moving or ending an existing record: what the site is for and where it runs decides nothing. */
function decideRequested({ subject, record }: RouteCase, intent: RequestIntent): Decision {
  const filing = kindOfIntent[intent];
  const { of } = filingKindTable[filing].request;
  if (of === 'subject' && !subject.filed) return nothing(['route.no_subject']);
  if (of === 'record' && !record.exists) return nothing(['route.no_record']);
  const here = of === 'subject' ? subject.here || record.here : record.here;
  return {
    filing,
    accessible: 'now',
    because: here ? [`route.${filing}`] : [`route.${filing}`, 'route.not_accessed_here'],
  };
}

/** What is worth saying beside the decision: a sub-domain follows its registrable name. */
function notesOn({ domain }: RouteCase): RouteReasonCode[] {
  const { host, registrableName } = normaliseHost(domain);
  return host === registrableName ? [] : ['route.follows_registrable_name'];
}
