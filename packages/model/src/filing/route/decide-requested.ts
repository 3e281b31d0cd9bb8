import { nameKindOf } from '../../domain-name/index.ts';
import { filingKindTable, type RequestedKind, type RequestIntent, requestedKinds } from '../kinds.ts';
import type { RouteCase } from './case.ts';
import { type Decision, isForeign, isSubjectHere, nothing, subdomainNote, subjectNote } from './decision.ts';
import type { RouteReasonCode } from './reasons.ts';

/** The other way round; each requested kind has an intent of its own. */
const kindOfIntent = Object.fromEntries(
  requestedKinds.map((kind) => [filingKindTable[kind].request.intent, kind]),
) as Readonly<Record<RequestIntent, RequestedKind>>;

/** Changing, moving or ending an existing record: what the site is for and where it runs decides nothing. */
export function decideRequested(facts: RouteCase, intent: RequestIntent): Decision {
  const filing = kindOfIntent[intent];
  const { of } = filingKindTable[filing].request;
  const decision = of === 'subject' ? decideForSubject(facts, filing) : decideForRecord(facts, filing);
  return { ...decision, because: [...decision.because, ...subdomainNote(facts)] };
}

function decideForSubject(facts: RouteCase, filing: RequestedKind): Decision {
  const { subject, record } = facts;
  if (!subject.filed) return nothing(['route.no_subject']);
  const changed: RouteReasonCode[] =
    filing === 'change_filing' && subject.changed !== undefined ? [`route.${subject.changed}_changed`] : [];
  if (!isSubjectHere(facts)) return withCurrentProvider('route.subject_not_here', filing, changed);
  if (record.here && !record.sameAccount && !isForeign(facts)) return inOtherAccount(facts);
  return { filing, accessible: 'now', because: [`route.${filing}`, ...changed, ...subjectNote(facts)] };
}

function decideForRecord(facts: RouteCase, filing: RequestedKind): Decision {
  const { domain, record } = facts;
  const name = nameKindOf(domain);
  if (name !== null && name.platform !== null) return nothing(['route.platform_name']);
  if (!record.exists) return nothing(['route.no_record']);
  if (isForeign(facts)) return ofOtherOrganiser(filing);
  const note = subjectNote(facts);
  if (!record.here) {
    // An access is ended, and an account left, only where there is one.
    if (filing === 'cancel_access' || filing === 'move_account') return nothing(['route.no_access_here']);
    return withCurrentProvider('route.not_accessed_here', filing);
  }
  if (!record.sameAccount && filing !== 'move_account') return inOtherAccount(facts);
  const endsForGood = (filing === 'cancel_site' || filing === 'cancel_access') && name?.suffixListed === false;
  const final: RouteReasonCode[] = endsForGood ? ['route.unapproved_suffix_final'] : [];
  return { filing, accessible: 'now', because: [`route.${filing}`, ...final, ...note] };
}

/** What is filed only elsewhere is changed and cancelled there. */
function withCurrentProvider(
  why: RouteReasonCode,
  filing: RequestedKind,
  notes: readonly RouteReasonCode[] = [],
): Decision {
  return {
    filing: 'elsewhere',
    accessible: 'now',
    because: [why, `route.${filing}`, ...notes],
    around: { before: ['apply_at_access_provider'] },
  };
}

/** Only the account that has a record changes it; moving it here is the filing that this account can make. */
function inOtherAccount(facts: RouteCase): Decision {
  return {
    filing: 'move_account',
    accessible: 'now',
    because: ['route.in_other_account', ...subjectNote(facts)],
    around: { after: ['sign_in_there'] },
  };
}

/** Cancelling is what the new owner of a domain may ask for; nothing else of it is theirs to change. */
function ofOtherOrganiser(filing: RequestedKind): Decision {
  if (filing !== 'cancel_site') return nothing(['route.not_own_record']);
  return {
    filing: 'elsewhere',
    accessible: 'now',
    because: ['route.record_of_former_owner'],
    around: { before: ['end_foreign_record'] },
  };
}
