import {
  fieldOfFact,
  outcomeOf,
  type PersonPaths,
  type ProvinceFacts,
  peopleOf,
  provinceFactsOf,
  provinceRulesFor,
} from '@openbeian/model/province';
import { type Person, partsOf, type RefusalReason, type ServicePart, type Submission } from '../core/words.ts';
import { type LookOverContext, reasonOf } from './reason.ts';

/** Effects that keep a filing from being approved. */
const refusing: readonly string[] = ['reject', 'limit'];

/**
 * What the rules of the province (`policies/provinces`) refuse, by what interface V3.0 says of the filing; a rule whose facts it does
 * not carry decides nothing. The organiser of a service that is added is on record and not looked at again.
 */
export function provinceFaults(submission: Submission, context: LookOverContext): readonly RefusalReason[] {
  const { state, rules, today } = context;
  const { kind, subject, provinceCode } = submission;
  const own = subject.number;
  return partsOf(submission).flatMap((part) => {
    const values = valuesOf(submission, part, context);
    const files = rules.provinceRules(provinceCode);
    const asked = { provinceCode, subjectKind: subject.kind, kind, serviceKind: part.service.kind, at: today };
    const isIndividual = subject.kind === 'individual';
    return peopleOf(isIndividual).flatMap((person) => {
      const owner = person.contact === 'service.principal' ? part.service : subject;
      const [mobile = ''] = owner.principal.mobile.split(';');
      const others = state.ledger.listByMobile(mobile).filter((number) => number !== own);
      const at = { at: today, provinceCode, domainName: part.service.domainName, divisions: rules.divisions };
      const facts: ProvinceFacts = {
        ...provinceFactsOf(values, person, at),
        'person.mobileServesOtherSubject': others.length > 0,
      };
      return provinceRulesFor(files, asked)
        .filter((rule) => refusing.includes(rule.effect) && outcomeOf(rule, facts).applies === true)
        .map((rule) => reasonFor(rule, person));
    });
  });
}

type Rule = ReturnType<typeof provinceRulesFor>[number];

function reasonFor({ if: conditions, field, message }: Rule, person: PersonPaths): RefusalReason {
  const [condition] = conditions;
  const place = field ?? (condition === undefined ? null : fieldOfFact(condition.fact, person));
  return reasonOf(codeAt(place), place, message.zh);
}

/** The interface has codes for some fields; all else is the reviewers' refusal. */
function codeAt(field: string | null): number {
  if (field?.endsWith('obile') === true) return 1011;
  if (field?.endsWith('email') === true) return 1009;
  if (field?.endsWith('officePhone') === true) return 1010;
  return 1002;
}

/** The form's values, as far as the interface carries them. */
function valuesOf(
  { subject }: Submission,
  { service }: ServicePart,
  { rules }: LookOverContext,
): Record<string, unknown> {
  const nature = rules.tables.natures.items.find(({ id }) => id === subject.nature)?.key;
  const contents = (service.contents ?? []).map((id) => {
    const row = rules.tables['website-contents'].items.find((item) => item.id === id);
    return row?.key ?? String(id);
  });
  return {
    'subject.nature': nature,
    'subject.name': subject.name,
    'subject.certificateType': subject.certificateType,
    'subject.certificateNumber': subject.certificateNumber,
    'subject.certificateAddress': subject.certificateAddress,
    'subject.contactAddress': subject.contactAddress,
    'subject.region': subject.region,
    'subject.remark': subject.remark,
    ...personValues('subject.principal', subject.principal),
    'service.name': service.name,
    'service.domainName': service.domainName,
    'service.content': contents,
    'service.remark': service.remark,
    ...personValues('service.principal', service.principal),
  };
}

const personValues = (at: string, person: Person): Record<string, unknown> => ({
  [`${at}.name`]: person.name,
  [`${at}.certificateType`]: person.certificateType,
  [`${at}.certificateNumber`]: person.certificateNumber,
  [`${at}.mobile`]: person.mobile,
  [`${at}.email`]: person.email,
  [`${at}.officePhone`]: person.officePhone,
});
