import type { ServiceKind } from '@openbeian/model/filing';
import { provinceLetters } from '@openbeian/model/number';

const subjectPattern = new RegExp(`^([${provinceLetters.join('')}])ICP备(?:(\\d{2})|(20\\d{2}))(\\d{6})号$`, 'u');
const servicePattern = /^(.+号)-([1-9]\d{0,6})([AX]?)$/u;

/** APPs and mini-programs carry a letter after the counter that all services of a subject share. */
const kindLetters = { website: '', app: 'A', mini_program: 'X' } as const satisfies Record<ServiceKind, string>;

export interface SubjectNumberParts {
  readonly letter: string;
  readonly year: number;
  readonly serial: number;
}

/** Reads 粤ICP备2026000123号 (or the older 粤ICP备05000001号); undefined when it is no subject number. */
export function parseSubjectNumber(number: string): SubjectNumberParts | undefined {
  const match = subjectPattern.exec(number);
  if (!match) return undefined;
  return { letter: match[1] ?? '', year: Number(match[3] ?? `20${match[2]}`), serial: Number(match[4]) };
}

/** Reads 粤ICP备2026000123号-1 into the subject's number and the counter; undefined when it is no service number. */
export function parseServiceNumber(
  number: string,
): { subjectNumber: string; counter: number; kind: ServiceKind } | undefined {
  const match = servicePattern.exec(number);
  if (!match?.[1] || !parseSubjectNumber(match[1])) return undefined;
  const kind = match[3] === 'A' ? 'app' : match[3] === 'X' ? 'mini_program' : 'website';
  return { subjectNumber: match[1], counter: Number(match[2]), kind };
}

/** 粤, 2026, 123 → 粤ICP备2026000123号. Throws RangeError when the year has no number left. */
export function formatSubjectNumber({ letter, year, serial }: SubjectNumberParts): string {
  if (serial > 999_999) throw new RangeError(`no filing numbers left for ${letter} in ${year}`);
  return `${letter}ICP备${year}${String(serial).padStart(6, '0')}号`;
}

/** 粤ICP备2026000123号, 2, app → 粤ICP备2026000123号-2A */
export function formatServiceNumber(subjectNumber: string, counter: number, kind: ServiceKind): string {
  return `${subjectNumber}-${counter}${kindLetters[kind]}`;
}
