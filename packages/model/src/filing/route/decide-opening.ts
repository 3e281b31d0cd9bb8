import { nameKindOf } from '../../domain-name/index.ts';
import type { RouteCase } from './case.ts';
import { type Decision, isForeign, isSubjectHere, nothing, subdomainNote, subjectNote } from './decision.ts';
import { portIn } from './ports.ts';
import type { RouteReasonCode } from './reasons.ts';

/** Where a region of a provider lies; null where nobody listed it. */
export type RegionPlaceOf = (provider: string, region: string) => 'mainland' | 'outside' | null;

/** What the policies say of where a service runs. */
export interface RouteRules {
  readonly placeOf: RegionPlaceOf;
  /**
   * Label of the source by which any valid number will do for a domain that this product serves (CDN, firewall); null for a
   * product whose provider must access the record itself.
   */
  readonly anyNumberSource: (provider: string, product: string) => string | null;
}

/** Which filing opening a service takes, with everything worth saying beside it. */
export function decideOpening(facts: RouteCase, rules: RouteRules): Decision {
  const { hosting, purpose } = facts;
  const place = rules.placeOf(hosting.provider, hosting.region);
  const exempt = exemptionsOf(facts, place);
  if (exempt.length > 0) return nothing([...exempt, ...subdomainNote(facts)]);
  const source = rules.anyNumberSource(hosting.provider, hosting.product);
  const delivers = hosting.role === undefined ? source !== null : hosting.role === 'delivery';
  const decision = withChangeFirst(facts, delivers ? decideDelivery(facts) : decideByRecord(facts));
  const because = [
    ...decision.because,
    ...(purpose === 'planned' && decision.filing !== 'none' ? (['route.site_planned'] as const) : []),
    ...(place === null ? (['route.region_unknown'] as const) : []),
    ...notesOnService(facts),
    ...(decision.filing === 'none' ? [] : notesOnSuffix(facts)),
    ...subdomainNote(facts),
  ];
  return { ...decision, because, delivers, deliverySource: source };
}

/** Each reason for which nothing is filed, whatever is on record. */
function exemptionsOf(
  { domain, purpose, hosting }: RouteCase,
  place: 'mainland' | 'outside' | null,
): RouteReasonCode[] {
  const name = nameKindOf(domain);
  const exempt: RouteReasonCode[] = [];
  if (name?.kind === 'internal') exempt.push('route.internal_name');
  if (name !== null && name.platform !== null) exempt.push('route.platform_name');
  if (purpose === 'none') exempt.push('route.no_site');
  if (place === 'outside') exempt.push('route.outside_mainland');
  if (hosting.hostname === 'provider_default') {
    exempt.push(purpose === 'mail_only' ? 'route.mail_at_provider' : 'route.provider_hostname');
  }
  return exempt;
}

function decideByRecord(facts: RouteCase): Decision {
  const { record, subject } = facts;
  if (isForeign(facts)) return afterForeignRecord(facts);
  const note = subjectNote(facts);
  if (record.here && record.sameAccount) return nothing(['route.filed_here', ...note]);
  if (record.here) {
    return { filing: 'move_account', accessible: 'now', because: ['route.filed_here_other_account', ...note] };
  }
  if (record.exists) {
    const asOwn: RouteReasonCode[] = record.ofOtherSubject === undefined ? ['route.record_taken_as_own'] : [];
    return { filing: 'access', accessible: 'after_review', because: ['route.filed_elsewhere', ...asOwn] };
  }
  return subject.filed ? addSite(facts) : firstFiling(['route.never_filed']);
}

/** Any number will do for what only delivers. Who has none gets it with the origin's provider. */
function decideDelivery(facts: RouteCase): Decision {
  if (facts.record.exists && !isForeign(facts)) return nothing(['route.delivery_any_number', ...subjectNote(facts)]);
  const decision = decideByRecord(facts);
  return { ...decision, because: ['route.delivery_needs_number', ...decision.because] };
}

/** What opens with the number only: the domain has none yet, or the one it has is another organiser's and ends first. */
const afterNumber = 'after_number';

function firstFiling(because: readonly RouteReasonCode[]): Decision {
  return { filing: 'first', accessible: afterNumber, because };
}

function addSite(facts: RouteCase): Decision {
  return isSubjectHere(facts)
    ? { filing: 'add_site_here', accessible: afterNumber, because: ['route.subject_here'] }
    : { filing: 'add_site_elsewhere', accessible: afterNumber, because: ['route.subject_elsewhere'] };
}

function afterForeignRecord(facts: RouteCase): Decision {
  const around = { before: ['end_foreign_record'] } as const;
  if (!facts.subject.filed) return { ...firstFiling(['route.record_of_other_subject']), around };
  const added = addSite(facts);
  return { ...added, because: ['route.record_of_former_owner', ...added.because], around };
}

/** An organiser that is no longer what is on record changes that first, where its filing is. */
function withChangeFirst(facts: RouteCase, decision: Decision): Decision {
  const { changed } = facts.subject;
  if (changed === undefined) return decision;
  const why: RouteReasonCode = `route.${changed}_changed`;
  // A record in another account is moved first; then it can be changed.
  if (decision.filing === 'move_account') return { ...decision, because: [...decision.because, why] };
  const here = isSubjectHere(facts);
  const before = decision.around?.before ?? [];
  const after = decision.filing === 'none' ? [] : (['then_open'] as const);
  return {
    ...decision,
    filing: here ? 'change_filing' : 'elsewhere',
    because: [why, ...(here ? [] : (['route.subject_not_here'] as const)), ...decision.because],
    around: { before: here ? before : [...before, 'apply_at_access_provider'], after },
  };
}

/** What people ask of a service that makes no difference, or that has a filing of its own besides. */
function notesOnService({ domain, purpose, hosting }: RouteCase): RouteReasonCode[] {
  const notes: RouteReasonCode[] = [];
  if (purpose === 'mail_only') notes.push('route.mail_needs_filing');
  if (purpose === 'app_backend' || purpose === 'mini_program_backend') notes.push(`route.${purpose}`);
  const port = portIn(domain) ?? hosting.port ?? 443;
  if (port !== 80 && port !== 443) notes.push('route.any_port');
  if (hosting.protocol === 'https' || hosting.protocol === 'websocket') notes.push('route.any_protocol');
  if (hosting.addresses === 'ipv6') notes.push('route.ipv6');
  return notes;
}

function notesOnSuffix({ domain }: RouteCase): RouteReasonCode[] {
  const name = nameKindOf(domain);
  if (name === null || name.suffixListed) return [];
  return [name.kind === 'unknown_suffix' ? 'route.suffix_unknown' : 'route.suffix_not_listed'];
}
