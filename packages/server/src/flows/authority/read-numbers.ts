import { dayOf } from '@openbeian/model/calendar';
import { filingKindTable } from '@openbeian/model/filing';
import { divisionOf, subjectNumberOf } from '@openbeian/model/number';
import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { readNumber } from '../filing/stated-numbers.ts';

interface TypedNumbers {
  readonly subjectNumber: string;
  /** A filing about the organiser alone has none. */
  readonly serviceNumber?: string | undefined;
}

/**
 * The numbers that somebody typed of an approved filing, as they are written.
 * @param at what the places of the fault begin with
 * @throws Fault `input.invalid` where a number cannot be this filing's: malformed, of another province, or not the one on record.
 */
export function readNumbers(
  step: Step,
  filing: FilingRow,
  given: TypedNumbers,
  at: string,
): { readonly subjectNumber: string; readonly serviceNumber: string } {
  const day = dayOf(step.at);
  const refuse = (path: string, expected: string, expectedZh: string) =>
    step.fault('input.invalid', { places: [{ path: `${at}.${path}`, expected, expectedZh }] });
  const subject = readNumber('subject', `${at}.subjectNumber`, given.subjectNumber, day);
  const known = filing.subjectNumber;
  if (known !== null && subject.canonical !== known) {
    throw refuse('subjectNumber', `${known}, the organiser’s number`, `应为该主体的备案号 ${known}`);
  }
  const province = subject.province === null ? undefined : divisionOf(subject.province);
  if (known === null && province !== undefined && !filing.provinceCode.startsWith(province)) {
    throw refuse('subjectNumber', 'a number of the filing’s province', '应为办理备案的省份的备案号');
  }
  if (filingKindTable[filing.kind].about === 'subject') {
    return { subjectNumber: subject.canonical, serviceNumber: subject.canonical };
  }
  const service = readNumber('service', `${at}.serviceNumber`, given.serviceNumber ?? '', day);
  if (filing.serviceNumber !== null && service.canonical !== filing.serviceNumber) {
    throw refuse(
      'serviceNumber',
      `${filing.serviceNumber}, the service’s number`,
      `应为该服务的备案号 ${filing.serviceNumber}`,
    );
  }
  if (subjectNumberOf(service) !== subject.canonical) {
    throw refuse('serviceNumber', `a number that begins with ${subject.canonical}`, `应以 ${subject.canonical} 开头`);
  }
  if (service.serviceKind !== filing.serviceKind) {
    const ending = filing.serviceKind === 'app' ? '-1A' : '-1';
    throw refuse(
      'serviceNumber',
      `a number that ends like ${ending}`,
      `${filing.serviceKind === 'app' ? 'APP' : '网站'}的备案号末尾形如 ${ending}`,
    );
  }
  return { subjectNumber: subject.canonical, serviceNumber: service.canonical };
}
