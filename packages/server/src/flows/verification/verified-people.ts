import { dayOf } from '@openbeian/model/calendar';
import { editableFilingStates, nextOf, remindersBefore } from '@openbeian/model/filing';
import { type Finding, maskValue } from '@openbeian/model/forms';
import {
  fallbackTexts,
  findVerification,
  personsToVerify,
  standOf,
  type VerificationRules,
  type VerificationStand,
  type VerificationWay,
  type VerifiedPerson,
  verificationReasons,
  verificationRulesOn,
  verificationStates,
  verificationWays,
  verifiedRoles,
  verifiedText,
} from '@openbeian/model/verification';
import type { FilingRow, VerificationRow } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import { currentFormValues } from '../filing/form-values.ts';
import { valuesOnRecord } from '../filing/values-on-record.ts';

/** Somebody of a filing, and their standing. */
export interface PersonStanding {
  readonly person: VerifiedPerson;
  /** What a try for them is bound to. */
  readonly personHash: string;
  /** As the rules have it, or as the customer chose. */
  readonly way: VerificationWay;
  readonly by: 'service' | 'reviewer';
  readonly stand: VerificationStand<VerificationRow>;
  /** Tries of the service within the last day, those included that it is being asked for. */
  readonly startsToday: number;
}

const msPerDay = 86_400_000;

export const verificationRulesAt = ({ verification }: FlowDeps, at: string): VerificationRules =>
  verificationRulesOn(verification.rules, dayOf(at));

/** When the customer is told next that it runs out; null: not (again). */
export function nextReminder(
  { deps, at }: Pick<Step, 'deps' | 'at'>,
  way: VerificationWay,
  validUntil: string | null,
): string | null {
  if (validUntil === null) return null;
  const before = remindersBefore(dayOf(validUntil), verificationRulesAt(deps, at).remindDaysBefore[way]);
  // One on the last day itself may be later than the end.
  const next = nextOf(before, at);
  return next !== null && Date.parse(next) < Date.parse(validUntil) ? next : null;
}

/** Everybody who is verified for this filing as its form is now. What was verified of another person or certificate does not count. */
export async function verifiedPeopleOf(step: Step, filing: FilingRow): Promise<PersonStanding[]> {
  const { deps, tx, at } = step;
  const rules = verificationRulesAt(deps, at);
  if (!rules.persons.some(({ kinds }) => kinds.includes(filing.kind))) return [];
  const isOnRecord = filing.serviceNumber !== null || filing.subjectNumber !== null;
  const onRecord = isOnRecord ? await valuesOnRecord(step, filing) : null;
  // Of an organiser that is filed here the form does not ask again.
  const values = { ...onRecord, ...currentFormValues(deps, filing, at) };
  const tries = await tx.verification.list(filing.id);
  return personsToVerify(values, filing, { rules, onRecord }).map((person) => {
    const hashes = deps.vault.hashes(verifiedText(filing.id, person), 'verified_person');
    const own = tries.filter(({ personHash }) => hashes.includes(personHash));
    const wasOther = tries.some((one) => one.role === person.role && !own.includes(one));
    const way = wayOf(deps, person, own);
    const since = Date.parse(at) - msPerDay;
    const isLately = (one: VerificationRow) => one.way === 'electronic' && Date.parse(one.startedAt) > since;
    return {
      person,
      personHash: hashes[0] ?? '',
      way,
      by: way === 'electronic' ? 'service' : 'reviewer',
      stand: standOf(own, { wasOther, at }),
      startsToday: own.filter(isLately).length,
    };
  });
}

/** What was chosen last; where nothing was, what the certificates allow. Nobody is made to show their face: there is another way always. */
function wayOf({ verifier }: FlowDeps, { way, fallback }: VerifiedPerson, own: readonly VerificationRow[]) {
  if (verifier.by === 'reviewer') return fallback;
  return own.at(-1)?.way ?? way;
}

/**
 * What keeps a filing from being submitted: people whom the service is to verify and has not. Those about whom a reviewer decides
 * keep it from passing the review.
 */
export async function findUnverified(step: Step, filing: FilingRow): Promise<Finding[]> {
  if (!step.deps.verification.isRequired) return [];
  return (await unsettledOf(step, filing)).flatMap(({ by, person, stand }) => {
    const finding = by === 'service' ? findVerification(person, stand) : null;
    return finding === null ? [] : [finding];
  });
}

/** Is anybody left unverified whom a review must not pass over? */
export async function isVerificationOpen(step: Step, filing: FilingRow): Promise<boolean> {
  return step.deps.verification.isRequired && (await unsettledOf(step, filing)).length > 0;
}

/** Who is not verified. What a service found and still counted when the filing was submitted does not run out while others have it. */
async function unsettledOf(step: Step, filing: FilingRow): Promise<PersonStanding[]> {
  const left = (await verifiedPeopleOf(step, filing)).filter(({ stand }) => stand.state !== 'passed');
  const isWithOwner = (editableFilingStates as readonly string[]).includes(filing.state);
  const hasRunOut = ({ by, stand }: PersonStanding) => by === 'service' && stand.state === 'expired';
  if (isWithOwner || !left.some(hasRunOut)) return left;
  const events = await step.tx.filings.listEvents(filing.id);
  const submittedAt = events.findLast(({ type }) => type === 'FilingSubmitted')?.at ?? '';
  return left.filter((one) => !hasRunOut(one) || Date.parse(one.stand.by?.validUntil ?? '') <= Date.parse(submittedAt));
}

/** Does a telephone do for everybody, so that no sheet of paper is needed? */
export function isVerifiedByPhone(deps: FlowDeps, filing: FilingRow, at: string): boolean {
  if (deps.verifier.by === 'reviewer') return false;
  const values = currentFormValues(deps, filing, at);
  const persons = personsToVerify(values, filing, { rules: verificationRulesAt(deps, at), onRecord: null });
  return persons.length > 0 && persons.every(({ way }) => way === 'electronic');
}

/** What people see of somebody's verification; the link is for whoever is verified, by way of their customer. */
export function personViewOf(
  { deps, actor }: Pick<Step, 'deps' | 'actor'>,
  one: PersonStanding,
  rules: VerificationRules,
) {
  const { person, way, by, stand } = one;
  const { state, by: tried } = stand;
  const reason = tried?.reason ?? null;
  const text = reason === null ? null : verificationReasons[reason];
  const sees = actor.role === 'customer' && actor.support !== true;
  return {
    role: person.role,
    roleText: verifiedRoles[person.role],
    // Every name is text.
    name: maskValue('name', person.name) as string,
    certificateType: person.certificateType,
    way,
    wayText: verificationWays[way],
    by,
    fallback: person.fallback,
    fallbackText: fallbackTexts[way === 'electronic' ? person.fallback : way],
    isElectronicPossible: deps.verifier.by === 'service' && person.way === 'electronic',
    state,
    stateText: verificationStates[state],
    link: sees && state === 'waiting' ? (tried?.link ?? null) : null,
    linkUntil: tried?.linkUntil ?? null,
    resultAt: tried?.resultAt ?? null,
    validUntil: tried?.validUntil ?? null,
    reason,
    reasonText: text === null ? null : { zh: text.zh, en: text.en },
    remedy: text === null ? null : text.remedy,
    comment: tried?.comment ?? '',
    daysGood: rules.daysGood[way].value,
    startsLeft: Math.max(0, rules.startsPerDay.value - one.startsToday),
    source: person.source,
    asOf: person.asOf,
  };
}
