import { nameKindOf, normaliseHost } from '../../domain-name/index.ts';
import type { RoutedKind } from '../kinds.ts';
import type { RouteCase } from './case.ts';
import type { RouteReasonCode } from './reasons.ts';
import type { StepsAround } from './steps.ts';

/** The filing that follows from the facts of a case, before it is put into words. */
export interface Decision {
  readonly filing: RoutedKind | 'elsewhere' | 'none';
  readonly accessible: 'now' | 'after_review' | 'after_number';
  readonly because: readonly RouteReasonCode[];
  /** What to do before and after the filing itself. */
  readonly around?: StepsAround;
  /** The product only delivers what an origin serves. */
  readonly delivers?: boolean;
  /** Label of the policy that says so. */
  readonly deliverySource?: string | null;
}

export const nothing = (because: readonly RouteReasonCode[]): Decision => ({
  filing: 'none',
  accessible: 'now',
  because,
});

/** Is the record another organiser's? Unless the case says so: where the organiser has none, it must be. */
export function isForeign({ subject, record }: Pick<RouteCase, 'subject' | 'record'>): boolean {
  return record.exists && (record.ofOtherSubject ?? !subject.filed);
}

/** A record of the organiser's own that this provider accesses is where the organiser is known, too. */
export function isSubjectHere(facts: Pick<RouteCase, 'subject' | 'record'>): boolean {
  return facts.subject.here || (facts.record.here && !isForeign(facts));
}

/** The note for a case that says otherwise. */
export function subjectNote(facts: Pick<RouteCase, 'subject' | 'record'>): RouteReasonCode[] {
  return isSubjectHere(facts) && !facts.subject.here ? ['route.subject_is_here'] : [];
}

/** A sub-domain follows its registrable name, unless that is nobody's here to file. */
export function subdomainNote({ domain }: Pick<RouteCase, 'domain'>): RouteReasonCode[] {
  const name = nameKindOf(domain);
  if (name?.kind === 'internal' || name?.platform != null) return [];
  const { host, registrableName } = normaliseHost(domain);
  return host === registrableName ? [] : ['route.follows_registrable_name'];
}
