import {
  type CreditCodeProblem,
  creditCodeProblem,
  organisationCheck,
  type ResidentIdProblem,
  residentIdProblem,
} from './identifiers.ts';

export type CertificateNumberProblem =
  | ResidentIdProblem
  | CreditCodeProblem
  | 'organisation_code_form'
  | 'not_of_hong_kong_or_macau'
  | 'not_of_taiwan'
  | 'permit_form'
  | 'passport_form'
  | 'foreigner_form'
  | 'free_form';

type Checker = (number: string, today: string) => CertificateNumberProblem | null;

/** 8 characters and their check character (GB 11714), with or without the hyphen between them. */
function organisationCodeProblem(text: string): 'organisation_code_form' | 'organisation_check' | null {
  const code = text.toUpperCase().replace(/^(.{8})-(.)$/, '$1$2');
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(code)) return 'organisation_code_form';
  return organisationCheck(code.slice(0, 8)) === code.charAt(8) ? null : 'organisation_check';
}

const residenceOf =
  (regions: readonly string[], other: 'not_of_hong_kong_or_macau' | 'not_of_taiwan'): Checker =>
  (number, today) =>
    residentIdProblem(number, today) ?? (regions.includes(number.slice(0, 2)) ? null : other);

const matching =
  (form: RegExp, problem: CertificateNumberProblem): Checker =>
  (number) =>
    form.test(number.toUpperCase()) ? null : problem;

/** A citizen's own: numbers of residence permits are refused. */
const citizen: Checker = (number, today) =>
  residentIdProblem(number, today) ?? (/^8[123]/.test(number) ? 'region' : null);

/** Before 2023 three letters and twelve digits; since then 18 digits that begin with 9, with the resident identity's check `[K]`. */
const foreigner: Checker = (number) => {
  const text = number.toUpperCase();
  if (/^[A-Z]{3}\d{12}$/.test(text)) return null;
  if (!/^9\d{16}[\dX]$/.test(text)) return 'foreigner_form';
  return residentIdProblem(`11${text.slice(2)}`, '9999-12-31') === 'birth_date' ? 'foreigner_form' : null;
};

const creditCode: Checker = (number) => creditCodeProblem(number);
/** Older certificates of these kinds bear numbers of their own; what has the length of a credit code must be one. */
const creditCodeOrOwn: Checker = (number) => (number.length === 18 ? creditCodeProblem(number) : ownNumber(number, ''));
const ownNumber = matching(/^[\p{L}\d()（）〔〕[\]第号字\-—/.· ]{2,64}$/u, 'free_form');

/** Certificates whose numbers are resident identity numbers, by their numbers in the authority's table. */
const identityNumbers: readonly number[] = [2, 41, 42];
/** Those that bear a unified social credit code, and those that may: what has its length must be one. */
const creditCodes: readonly number[] = [1, 13, 15, 24, 28];
const ownOrCreditCode: readonly number[] = [4, 6, 17, 19, 21, 25, 27, 36, 38, 39, 43, 44];

/** What the number of a certificate is, as far as people are told: null for one of its own kind. */
export function numberKindOf(certificate: number, number: string): 'resident_identity' | 'credit_code' | null {
  if (identityNumbers.includes(certificate)) return 'resident_identity';
  const isCreditCode =
    creditCodes.includes(certificate) || (ownOrCreditCode.includes(certificate) && number.length === 18);
  return isCreditCode ? 'credit_code' : null;
}

/**
 * How the number of each certificate is checked, by its number in the authority's table (filing form §2.2).
 * Rules and vectors: docs/sources.md `GB11643`, `GB32100`, `STD-4`; layouts of permits and passports are `[K]`.
 */
const checkers: ReadonlyMap<number, Checker> = new Map<number, Checker>([
  [2, citizen],
  [7, matching(/^[A-Z0-9]{5,18}$/, 'passport_form')],
  [11, matching(/^\d{8}$|^\d{10}[A-Z]?$/, 'permit_form')],
  [14, matching(/^[HM]\d{8}(\d{2})?$/, 'permit_form')],
  [30, foreigner],
  [41, residenceOf(['81', '82'], 'not_of_hong_kong_or_macau')],
  [42, residenceOf(['83'], 'not_of_taiwan')],
  ...[3, 9, 10, 12, 16, 18, 20].map((id) => [id, (number: string) => organisationCodeProblem(number)] as const),
  ...creditCodes.map((id) => [id, creditCode] as const),
  ...ownOrCreditCode.map((id) => [id, creditCodeOrOwn] as const),
]);

/**
 * Looks at the number of a certificate.
 * @param certificate its number in the authority's table
 * @param today a day in Asia/Shanghai; a birth date after it is refused
 */
export function certificateNumberProblem(
  certificate: number,
  number: string,
  today: string,
): CertificateNumberProblem | null {
  return (checkers.get(certificate) ?? ownNumber)(number, today);
}
