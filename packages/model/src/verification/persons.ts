import type { AuthorityKind, SubjectKind } from '../filing/index.ts';
import { type FormValues, withBothPrincipals } from '../forms/index.ts';
import type { VerificationRules, VerificationWay, VerifiedRole } from './rules.ts';

/** Somebody whose identity is verified for a filing. */
export interface VerifiedPerson {
  /** The first of the roles that ask for it. */
  readonly role: VerifiedRole;
  readonly name: string;
  readonly certificateType: string;
  readonly certificateNumber: string;
  /** How, where a service outside verifies people; without one `fallback` takes its place. */
  readonly way: VerificationWay;
  readonly fallback: Exclude<VerificationWay, 'electronic'>;
  /** What says so. */
  readonly source: string;
  readonly asOf: string | null;
}

type Identity = Pick<VerifiedPerson, 'name' | 'certificateType' | 'certificateNumber'>;
/** Somebody as a form, or a record that was kept elsewhere, names them; empty: it does not say. */
interface NamedPerson extends Identity {
  readonly mobile: string;
}

/**
 * Who is verified for a filing, each person once, whatever they are in charge of. Whoever the form does not name yet is left out.
 * @param values of the form, by field path
 * @param onRecord the same of what is on record, for filings that change it; null: nothing is
 */
export function personsToVerify(
  values: FormValues,
  { kind, subjectKind }: { readonly kind: AuthorityKind; readonly subjectKind: SubjectKind },
  { rules, onRecord }: { readonly rules: VerificationRules; readonly onRecord: FormValues | null },
): VerifiedPerson[] {
  const found = new Map<string, VerifiedPerson>();
  for (const { role, kinds, when, source, asOf } of rules.persons) {
    if (!kinds.includes(kind)) continue;
    const named = namedIn(values, role, subjectKind);
    const { mobile: _, ...identity } = named;
    if (!identity.name || !identity.certificateType || !identity.certificateNumber) continue;
    const key = keyOf(identity);
    if (when === 'if_new' && onRecord !== null && isOnRecord(named, onRecord, subjectKind)) continue;
    if (found.has(key)) continue;
    const { way, fallback } = waysOf(identity, values, subjectKind, rules);
    found.set(key, { role, ...identity, way, fallback, source, asOf });
  }
  return [...found.values()];
}

/** What a verification is bound to: another person, name or certificate is another text. */
export const verifiedText = (
  filingId: string,
  { name, certificateType, certificateNumber }: Pick<VerifiedPerson, 'name' | 'certificateType' | 'certificateNumber'>,
): string => JSON.stringify([filingId, certificateType, certificateNumber, name]);

const keyOf = ({ certificateType, certificateNumber }: Identity): string => `${certificateType} ${certificateNumber}`;

/**
 * Somebody who was in charge before is not new, whatever they were in charge of: whoever has the same certificate is the same person,
 * with another name or telephone, too. Of a record that knows no certificate number, name and mobile say who it is.
 */
function isOnRecord(now: NamedPerson, onRecord: FormValues, subjectKind: SubjectKind): boolean {
  const roles: readonly VerifiedRole[] = ['subject_principal', 'service_principal'];
  return roles.some((role) => {
    const before = namedIn(onRecord, role, subjectKind);
    if (before.certificateNumber !== '') return keyOf(before) === keyOf(now);
    return before.name !== '' && before.mobile !== '' && before.name === now.name && before.mobile === now.mobile;
  });
}

function namedIn(values: FormValues, role: VerifiedRole, subjectKind: SubjectKind): NamedPerson {
  // An individual is in charge of everything.
  const isIndividual = subjectKind === 'individual';
  const at = isIndividual ? 'subject' : pathOf(values, role);
  const whole = withBothPrincipals(values);
  const contact = isIndividual ? 'subject.principal' : at;
  return {
    name: textAt(whole, `${at}.name`),
    certificateType: textAt(whole, `${at}.certificateType`),
    certificateNumber: textAt(whole, `${at}.certificateNumber`).toUpperCase(),
    mobile: textAt(whole, `${contact}.mobile`),
  };
}

function pathOf(values: FormValues, role: VerifiedRole): string {
  if (role === 'service_principal') return 'service.principal';
  const isOther = values['subject.legalRepresentative.isPrincipal'] === 'no';
  return role === 'legal_representative' && isOther ? 'subject.legalRepresentative' : 'subject.principal';
}

function waysOf(
  { certificateType }: Identity,
  values: FormValues,
  subjectKind: SubjectKind,
  { electronic, fallbacks }: VerificationRules,
): Pick<VerifiedPerson, 'way' | 'fallback'> {
  const ofSubject = subjectKind === 'individual' ? certificateType : textAt(values, 'subject.certificateType');
  const named = [certificateType, ofSubject];
  const row = fallbacks.find(
    ({ certificates }) => certificates === 'all' || certificates.some((one) => named.includes(one)),
  );
  const fallback = row?.way ?? 'sheet';
  const isElectronic =
    electronic.personCertificates.includes(certificateType) && electronic.subjectCertificates.includes(ofSubject);
  return { way: isElectronic ? 'electronic' : fallback, fallback };
}

const textAt = (values: FormValues, path: string): string => {
  const value = values[path];
  return typeof value === 'string' ? value.trim() : '';
};
