import { type DifferenceKind, differenceKinds } from './words.ts';

/** A service with its organiser as it is on record here. */
export interface OurRecord {
  readonly serviceNumber: string;
  readonly subjectName: string;
  /** By which the organiser’s certificate is known: a keyed hash. */
  readonly certificateKey: string;
  readonly serviceName: string;
  readonly domainName: string;
  /** Neither the service nor its organiser was cancelled. */
  readonly isInForce: boolean;
  /** Our access to it is live. */
  readonly hasAccess: boolean;
}

/** The same as the authority last delivered it; null: it has not said. */
export interface DeliveredRecord {
  readonly serviceNumber: string | null;
  readonly subjectName: string | null;
  /** Every key that its certificate may have here; null: it has said no certificate. */
  readonly certificateKeys: readonly string[] | null;
  readonly serviceName: string | null;
  readonly domainNames: readonly string[] | null;
  /** An access of ours is among those that it has. */
  readonly hasAccess: boolean | null;
  /** The authority has told since that it ended. */
  readonly hasEnded: boolean;
  /** Nothing has been decided about it since: what it says is still so. */
  readonly isCurrent: boolean;
}

/** What the authority answers to whom asks by a domain name. */
export interface StatusAnswer {
  readonly domainName: string;
  readonly isFiled: boolean;
  readonly serviceNumber: string | null;
  /** That number is another record here, of the same name. */
  readonly isOtherHere: boolean;
}

export interface BothSides {
  readonly ours: OurRecord | null;
  readonly delivered: DeliveredRecord | null;
  /** The authority has delivered everything of ours since, and this was not among it. */
  readonly isLeftOut: boolean;
  /** Null: it was not asked, or there is nobody to ask. */
  readonly answer: StatusAnswer | null;
}

/** One difference, with what either side says; null: nothing that can be shown. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly ours: string | null;
  readonly theirs: string | null;
}

/**
 * What either side has about one record, compared. What one side does not say is no difference; a record that the authority does not
 * have is that one difference and no other.
 */
export function compareRecord(sides: BothSides): readonly Difference[] {
  const { ours, delivered, answer } = sides;
  if (ours === null) return delivered === null ? [] : missingHere(delivered, sides);
  const isThere = isInForceThere(sides, ours);
  if (!ours.isInForce) return isThere === true ? [differ('in_force_there', ours.domainName, numberThere(sides))] : [];
  if (isThere === false) {
    return [differ(delivered === null ? 'missing_there' : 'cancelled_there', ours.serviceNumber, null)];
  }
  const number = isThere === null || answer?.isOtherHere === true ? null : numberThere(sides);
  const numbers =
    number === null || number === ours.serviceNumber ? [] : [differ('number_differs', ours.serviceNumber, number)];
  return [...numbers, ...detailsOf(ours, sides), ...accessOf(ours, sides)];
}

/** Kinds about which nothing is said while what was delivered is older than the authority’s last decision. */
const ofDetails: readonly DifferenceKind[] = [
  'holder_differs',
  'certificate_differs',
  'service_name_differs',
  'domain_differs',
  'access_missing_there',
  'access_only_there',
];

/** Kinds of which this comparison cannot say whether they are still so: what was found before is neither confirmed nor over. */
export function unjudgedKinds(sides: BothSides): readonly DifferenceKind[] {
  const { ours, delivered, isLeftOut } = sides;
  if (ours === null) return [];
  const isThere = isInForceThere(sides, ours);
  if (isThere === null) return differenceKinds;
  if (!ours.isInForce || !isThere) return [];
  // Who answers that it is filed need not say under which number.
  const number: readonly DifferenceKind[] = numberThere(sides) === null ? ['number_differs'] : [];
  const isOld = delivered !== null && !delivered.isCurrent && !delivered.hasEnded && !isLeftOut;
  return isOld ? [...number, ...ofDetails] : number;
}

/**
 * What it says of the record, its organiser and its certificate has not come since the authority’s last decision, and nobody can be asked for that:
 * at most by its name the record is compared.
 */
export function isUnsaid(sides: BothSides): boolean {
  const { ours, delivered } = sides;
  if (ours === null || !ours.isInForce || isInForceThere(sides, ours) === false) return false;
  return delivered === null || delivered.hasEnded || !delivered.isCurrent || delivered.certificateKeys === null;
}

/**
 * Which name the authority is asked about: that which it has, where it has another one.
 * @returns null where there is none
 */
export function nameToAsk({ ours, delivered }: Pick<BothSides, 'ours' | 'delivered'>): string | null {
  const [first = ''] = delivered?.domainNames ?? [];
  const own = ours?.domainName ?? '';
  const hasOther = delivered?.isCurrent === true && !delivered.hasEnded && first !== '';
  const asked = hasOther && !delivered.domainNames?.some((name) => isSame(name, own)) ? first : own || first;
  return asked === '' ? null : asked;
}

/**
 * Whether what was delivered says enough, so that nobody has to be asked: both have the record in force under one number, and the
 * authority has delivered it since everything of ours came.
 */
export function saysEnough({ ours, delivered, isLeftOut }: BothSides, isRecent: boolean): boolean {
  if (ours === null || delivered === null || isLeftOut || !isRecent) return false;
  return ours.isInForce && !delivered.hasEnded && delivered.serviceNumber === ours.serviceNumber;
}

/** Two ways of writing one name. */
const isSame = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

const differ = (kind: DifferenceKind, ours: string | null, theirs: string | null): Difference => ({
  kind,
  ours,
  theirs,
});

/** It has our access and is in force, and under no number that is on record here. */
function missingHere(delivered: DeliveredRecord, { answer, isLeftOut }: BothSides): readonly Difference[] {
  if (delivered.hasEnded || isLeftOut || delivered.hasAccess !== true) return [];
  if (answer !== null && (!answer.isFiled || answer.isOtherHere)) return [];
  const { serviceNumber } = delivered;
  if (answer?.serviceNumber != null && answer.serviceNumber !== serviceNumber) return [];
  return [differ('missing_here', null, serviceNumber)];
}

/** Null: nobody knows. Who answers now knows better than what was delivered once. */
function isInForceThere({ delivered, answer, isLeftOut }: BothSides, ours: OurRecord): boolean | null {
  if (answer !== null) {
    if (!answer.isFiled) return false;
    // What was cancelled here may have been filed again since, under another number.
    if (!ours.isInForce && answer.serviceNumber !== null) return answer.serviceNumber === ours.serviceNumber;
    return true;
  }
  if (delivered === null || isLeftOut) return null;
  return !delivered.hasEnded;
}

/** A number that was delivered since something was decided counts; otherwise who answers knows better. */
function numberThere({ delivered, answer }: BothSides): string | null {
  const there = delivered?.isCurrent === true && !delivered.hasEnded ? delivered.serviceNumber : null;
  return answer?.serviceNumber ?? there;
}

function detailsOf(ours: OurRecord, { delivered, isLeftOut }: BothSides): readonly Difference[] {
  if (delivered === null || isLeftOut || delivered.hasEnded || !delivered.isCurrent) return [];
  const { subjectName, certificateKeys, serviceName, domainNames } = delivered;
  const found: Difference[] = [];
  if (subjectName !== null && !isSame(subjectName, ours.subjectName)) {
    found.push(differ('holder_differs', ours.subjectName, subjectName));
  }
  if (certificateKeys !== null && !certificateKeys.includes(ours.certificateKey)) {
    found.push(differ('certificate_differs', null, null));
  }
  if (serviceName !== null && !isSame(serviceName, ours.serviceName)) {
    found.push(differ('service_name_differs', ours.serviceName, serviceName));
  }
  const isOneName = domainNames?.length === 1 && isSame(domainNames[0] ?? '', ours.domainName);
  if (domainNames !== null && domainNames.length > 0 && ours.domainName !== '' && !isOneName) {
    found.push(differ('domain_differs', ours.domainName, domainNames.join(' ')));
  }
  return found;
}

function accessOf(ours: OurRecord, { delivered, isLeftOut }: BothSides): readonly Difference[] {
  const says = delivered?.isCurrent === true && !delivered.hasEnded ? delivered.hasAccess : null;
  const there = isLeftOut ? false : says;
  if (ours.hasAccess && there === false) return [differ('access_missing_there', ours.domainName, null)];
  if (!ours.hasAccess && there === true) return [differ('access_only_there', null, ours.domainName)];
  return [];
}
