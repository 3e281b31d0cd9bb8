import { dayOf } from '@openbeian/model/calendar';
import { Fault } from '@openbeian/model/fault';
import { filingKindTable } from '@openbeian/model/filing';
import { divisionOf, type FilingNumber, parseFilingNumbers, subjectNumberOf } from '@openbeian/model/number';
import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import type { ApprovedNumbers } from '../filing/approval/record-service.ts';

interface GivenNumbers {
  readonly subjectNumber: string;
  /** A filing about the organiser alone has none. */
  readonly serviceNumber?: string | undefined;
}

/** Why numbers cannot be those of a filing, and what is expected in their place. */
interface UnfitNumber {
  readonly path: keyof GivenNumbers;
  readonly expected: string;
  readonly expectedZh: string;
}

/**
 * The numbers that somebody typed of an approved filing, as they are written.
 * @param at what the places of the fault begin with
 * @throws Fault `input.invalid` where a number cannot be this filing's: malformed, of another province, or not the one on record.
 */
export function readNumbers(step: Step, filing: FilingRow, given: GivenNumbers, at: string): ApprovedNumbers {
  const found = numbersOf(filing, given, dayOf(step.at));
  if (!('path' in found)) return found;
  const { path, expected, expectedZh } = found;
  throw step.fault('input.invalid', { places: [{ path: `${at}.${path}`, expected, expectedZh }] });
}

/**
 * The numbers that the authority delivered with an approval, as they are written.
 * @throws Fault `record.number_conflict` where a number cannot be this filing’s, as `readNumbers` does
 */
export function readDelivered(step: Step, filing: FilingRow, given: ApprovedNumbers): ApprovedNumbers {
  const found = numbersOf(filing, given, dayOf(step.at));
  if (!('path' in found)) return found;
  const { path, expected, expectedZh } = found;
  throw new Fault('record.number_conflict', {
    detail: {
      zh: `管局下发的备案号是 ${shortened(given[path])}，${expectedZh}。`,
      en: `${shortened(given[path])} is what the authority delivered; expected ${expected}.`,
    },
  });
}

/** What is no number can be of any length. */
const longestShown = 60;
const shortened = (text: string): string => (text.length > longestShown ? `${text.slice(0, longestShown)}…` : text);

function numbersOf(filing: FilingRow, given: GivenNumbers, day: string): ApprovedNumbers | UnfitNumber {
  const subject = subjectNumberFor(filing, given.subjectNumber, day);
  if (typeof subject !== 'string') return { path: 'subjectNumber', ...subject };
  if (filingKindTable[filing.kind].about === 'subject') return { subjectNumber: subject, serviceNumber: subject };
  const service = serviceNumberFor(filing, subject, given.serviceNumber ?? '', day);
  if (typeof service !== 'string') return { path: 'serviceNumber', ...service };
  return { subjectNumber: subject, serviceNumber: service };
}

type Expected = Pick<UnfitNumber, 'expected' | 'expectedZh'>;

function subjectNumberFor({ subjectNumber, provinceCode }: FilingRow, text: string, day: string): string | Expected {
  const number = oneNumber(text, day);
  if (subjectNumber !== null) {
    if (isNumber(subjectNumber, text, number)) return subjectNumber;
    return { expected: `${subjectNumber}, the organiser’s number`, expectedZh: `应为该主体的备案号 ${subjectNumber}` };
  }
  if (number === null || number.service !== null) return shapedLike('粤ICP备2026000123号');
  const province = number.province === null ? undefined : divisionOf(number.province);
  if (province === undefined || provinceCode.startsWith(province)) return number.canonical;
  return { expected: 'a number of the filing’s province', expectedZh: '应为办理备案的省份的备案号' };
}

function serviceNumberFor(filing: FilingRow, subject: string, text: string, day: string): string | Expected {
  const { serviceNumber, serviceKind } = filing;
  const number = oneNumber(text, day);
  if (serviceNumber !== null) {
    if (isNumber(serviceNumber, text, number)) return serviceNumber;
    return { expected: `${serviceNumber}, the service’s number`, expectedZh: `应为该服务的备案号 ${serviceNumber}` };
  }
  if (number === null || number.service === null) return shapedLike('粤ICP备2026000123号-1');
  if (subjectNumberOf(number) !== subject) {
    return { expected: `a number that begins with ${subject}`, expectedZh: `应以 ${subject} 开头` };
  }
  if (number.serviceKind === serviceKind) return number.canonical;
  const [ending, name] = serviceKind === 'app' ? ['-1A', 'APP'] : ['-1', '网站'];
  return { expected: `a number that ends like ${ending}`, expectedZh: `${name}的备案号末尾形如 ${ending}` };
}

/** What is on record stays as it is written there, also where today's grammar has no such numbers. */
const isNumber = (known: string, text: string, number: FilingNumber | null): boolean =>
  text.trim() === known || number?.canonical === known;

/** One filing number and nothing else; public security's are none. */
function oneNumber(text: string, day: string): FilingNumber | null {
  const { numbers } = parseFilingNumbers(text, day);
  const [number] = numbers;
  return numbers.length === 1 && number !== undefined && number.kind !== 'public_security' ? number : null;
}

const shapedLike = (example: string): Expected => ({
  expected: `one number such as ${example}`,
  expectedZh: `应为一个备案号，形如 ${example}`,
});
