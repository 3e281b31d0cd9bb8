import { nameKindOf, normaliseHost } from '../../domain-name/index.ts';
import type { RoutedKind } from '../kinds.ts';
import type { RouteCase } from './case.ts';
import { decideOpening, type RouteRules } from './decide-opening.ts';
import { decideRequested } from './decide-requested.ts';
import type { Decision } from './decision.ts';
import { portIn } from './ports.ts';
import { type RouteReason, reason } from './reasons.ts';
import { type RouteStep, stepsFor } from './steps.ts';

/** Which filing, if any, and when the name may be served here (contract §4). */
export interface Route {
  readonly need: 'required' | 'not_required' | 'advisable';
  /** `elsewhere`: it is made with another provider than the one asked, or than the one of the case. */
  readonly filing: RoutedKind | 'elsewhere' | 'none';
  /** At once; after our initial review (a number exists already); or only with the number. */
  readonly accessible: 'now' | 'after_review' | 'after_number';
  /** Every fact that led here. */
  readonly reasons: readonly RouteReason[];
  /** What to do, in order. */
  readonly steps: readonly RouteStep[];
}

/**
 * Decides which filing a case needs, by the tables of docs/sources.md `other-clouds-filing-kinds` and
 * `tencent-filing-kinds` and the answers of `tencent-run-filing` and `tencent-serverless-filing`. A filing ties a domain
 * name to a provider, so the product decides nothing, unless it only delivers what an origin serves.
 * `facts` hold no contradiction (`routeCaseSchema`); `intent` other than `open` asks for a change of what is on record.
 */
export function routeFiling(facts: RouteCase, rules: RouteRules): Route {
  const { intent } = facts;
  const decision = answerFor(facts, intent === 'open' ? decideOpening(facts, rules) : decideRequested(facts, intent));
  const { filing, accessible, because, around = {} } = decision;
  const name = nameKindOf(facts.domain);
  const named = {
    ...facts.hosting,
    registrableName: normaliseHost(facts.domain).registrableName ?? facts.domain,
    platform: name?.platform ?? '',
    suffix: name?.suffix ?? '',
    port: portIn(facts.domain) ?? facts.hosting.port ?? 0,
    deliverySource: decision.deliverySource ?? null,
  };
  return {
    need: needOf(facts, filing),
    filing,
    accessible,
    reasons: because.map((code) => reason(code, named)),
    steps: stepsFor(filing, around, facts.purpose === 'app_backend'),
  };
}

/** Whoever is asked, a filing is made with the provider that hosts; what only delivers is filed with no provider in particular. */
function answerFor({ asked, hosting }: RouteCase, decision: Decision): Decision {
  const { filing, delivers = false } = decision;
  if (asked === undefined || asked === hosting.provider || filing === 'none' || filing === 'elsewhere' || delivers) {
    return decision;
  }
  return {
    ...decision,
    filing: 'elsewhere',
    because: ['route.asked_elsewhere', ...decision.because],
    around: { before: ['apply_at_host'] },
  };
}

function needOf({ intent, purpose }: RouteCase, filing: Route['filing']): Route['need'] {
  if (filing === 'none') return 'not_required';
  return intent === 'open' && purpose === 'planned' ? 'advisable' : 'required';
}
