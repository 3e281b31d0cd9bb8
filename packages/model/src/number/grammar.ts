import type { ServiceKind } from '../filing/kinds.ts';
import { divisionOf, filingLetterFor, isFilingLetter } from './letters.ts';
import { type NumberProblem, problem } from './problem.ts';

/** What a number can be of; quick apps (快应用) are numbered like the others, but nobody files them here. */
type NumberedService = ServiceKind | 'quick_app';

/** One filing, licence or public-security number, as `openbeian number` prints it (contract §3). */
export interface FilingNumber {
  /** The form the authority prints, e.g. 粤ICP备2026000123号-1. */
  readonly canonical: string;
  /** `icp_licence` is an ICP证; `licence` an A2/B1/B2 licence; both may carry a service, as a subject's number does. */
  readonly kind: 'subject' | 'service' | 'icp_licence' | 'licence' | 'public_security';
  /** The letter as printed; null for a cross-region licence, which has none (合字 is no letter). */
  readonly province: string | null;
  /** The counter behind the dash (websites, apps and mini programs of one subject share it), or null. */
  readonly service: number | null;
  readonly serviceKind: NumberedService | null;
}

/** The number of the organiser that a service's number begins with; an organiser's own is itself. */
export const subjectNumberOf = ({ canonical, service }: FilingNumber): string =>
  service === null ? canonical : canonical.replace(/-\d+[A-Z]*$/, '');

/** A number read at some place of a text: where it ends, and the number or what is wrong with it. */
export interface Reading {
  readonly end: number;
  readonly number: FilingNumber | null;
  readonly problem: NumberProblem | null;
}

// A service letter is not followed by a digit: in 号-1A2.B1.B2-… the A begins the next, glued number.
// No pattern nests repetitions, so each takes linear time on any text.
const service = String.raw`-(\d+)([A-Z]+(?!\d))?`;
const icp = new RegExp(String.raw`(\p{Script=Han}?)ICP([备证]案?)(\d*)(?:号(?:${service})?|${service}号?)?`, 'uy');
const publicSecurity = new RegExp(String.raw`(\p{Script=Han}?)公网安备(\d*)号?(${service})?`, 'uy');
// 合字 marks the cross-region licences of companies with foreign investment.
const licence = new RegExp(String.raw`(合字|\p{Script=Han}?)([A-Z]\d(?:\.[A-Z]\d){0,3})-(\d*)(?:${service})?`, 'uy');

/** The letters, as docs/sources.md `huawei-filing-guide` says them. */
const letterByServiceKind = { website: '', app: 'A', mini_program: 'X', quick_app: 'K' } as const satisfies Readonly<
  Record<NumberedService, string>
>;
// Object.entries forgets which keys there are.
const serviceKindByLetter = new Map(
  Object.entries(letterByServiceKind).map(([kind, letter]) => [letter as string, kind as NumberedService]),
);
const provinceLicenceClasses = new Set(['A2', 'B1', 'B2']);
/** A licence for several provinces is MIIT's own, has no letter, and names one class or neighbouring ones. */
const crossRegionClasses = new Set(['A2', 'B1', 'B2', 'A2.B1', 'B1.B2', 'A2.B1.B2', 'A1.A2.B1.B2']);
const foreignInvested = '合字';
/** Serials that templates and articles print; well formed, so only a list can tell them (STANDARDS §3.3). */
const placeholderSerials = new Set(['12345678', '20151109']);
/** Licences exist since the telecommunications regulations of 2000. */
const firstLicenceYear = 2000;

/**
 * Reads one number that begins exactly at `start` of a normalised text, or null when nothing there looks like one.
 * `year` is the current year in Shanghai: no number is of a later one.
 */
export function readNumber(text: string, start: number, year: number): Reading | null {
  for (const [pattern, read] of forms) {
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (!match) continue;
    const result = read(match, year);
    const end = start + match[0].length;
    return 'code' in result ? { end, number: null, problem: result } : { end, number: result, problem: null };
  }
  return null;
}

const forms: readonly (readonly [RegExp, (match: RegExpExecArray, year: number) => FilingNumber | NumberProblem])[] = [
  [icp, (match, year) => (match[2]?.startsWith('备') ? readFiling(match, year) : readIcpLicence(match))],
  [publicSecurity, readPublicSecurity],
  [licence, readLicence],
];

function readFiling(match: RegExpExecArray, year: number): FilingNumber | NumberProblem {
  const [, letter = '', word, serial = ''] = match;
  if (word === '备案') return problem('filing_word');
  if (letter === '') return problem('province_missing');
  if (!isFilingLetter(letter)) return problem('unknown_province', letter, filingLetterFor(letter));
  const wrong = filingSerialProblem(serial, year);
  if (wrong) return wrong;
  return withService(`${letter}ICP备${serial}号`, { letter, with: 'service', without: 'subject' }, serviceOf(match, 4));
}

/** 8 digits: two-digit year 05 to 20; 10 digits: year 2020 to now. 2020 occurs in both lengths (STANDARDS §3.1). */
function filingSerialProblem(serial: string, year: number): NumberProblem | null {
  if (serial === '') return problem('serial_missing');
  if (serial.length !== 8 && serial.length !== 10) return problem('serial_length', '8 或 10', serial.length);
  if (placeholderSerials.has(serial)) return problem('placeholder');
  if (serial.length === 8) {
    const typed = serial.slice(0, 2);
    return typed >= '05' && typed <= '20' ? null : problem('serial_year', typed, '05', '20');
  }
  const typed = Number(serial.slice(0, 4));
  return typed >= 2020 && typed <= year ? null : problem('serial_year', serial.slice(0, 4), '2020', String(year));
}

function readIcpLicence(match: RegExpExecArray): FilingNumber | NumberProblem {
  const [, letter = '', word, serial = ''] = match;
  if (word !== '证') return problem('no_number');
  if (letter === '') return problem('province_missing');
  if (!divisionOf(letter)) return problem('unknown_province', letter, undefined);
  if (serial === '') return problem('serial_missing');
  if (serial.length !== 6) return problem('serial_length', '6', serial.length);
  const kinds = { letter, with: 'icp_licence', without: 'icp_licence' } as const;
  return withService(`${letter}ICP证${serial}号`, kinds, serviceOf(match, 4));
}

function readPublicSecurity(match: RegExpExecArray): FilingNumber | NumberProblem {
  const [, letter = '', digits = '', suffix] = match;
  if (letter === '') return problem('province_missing');
  const division = divisionOf(letter);
  if (!division) return problem('unknown_province', letter, undefined);
  if (digits === '') return problem('serial_missing');
  if (digits.length !== 14 && digits.length !== 12) return problem('serial_length', '14 或 12', digits.length);
  if (!digits.startsWith(division)) return problem('division_mismatch', letter, division, digits.slice(0, 2));
  if (digits.endsWith('000000')) return problem('placeholder');
  if (suffix) return problem('service_not_allowed');
  const canonical = `${letter}公网安备${digits}号`;
  return { canonical, kind: 'public_security', province: letter, service: null, serviceKind: null };
}

function readLicence(match: RegExpExecArray, year: number): FilingNumber | NumberProblem {
  const [, letter = '', classes = '', serial = ''] = match;
  const crossRegion = letter === '' || letter === foreignInvested;
  const known = crossRegion ? crossRegionClasses : provinceLicenceClasses;
  if (!known.has(classes)) return problem('licence_class', `${letter}${classes}`);
  if (!crossRegion && !divisionOf(letter)) return problem('unknown_province', letter, undefined);
  if (serial === '') return problem('serial_missing');
  if (serial.length !== 8) return problem('serial_length', '8', serial.length);
  const typed = Number(serial.slice(0, 4));
  if (typed < firstLicenceYear || typed > year) {
    return problem('serial_year', serial.slice(0, 4), String(firstLicenceYear), String(year));
  }
  const typedService = serviceOf(match, 4);
  if (crossRegion && typedService) return problem('service_not_allowed');
  const kinds = { letter: crossRegion ? null : letter, with: 'licence', without: 'licence' } as const;
  return withService(`${letter}${classes}-${serial}`, kinds, typedService);
}

interface TypedService {
  readonly count: string;
  readonly letters: string;
}

/** The first filled pair of (counter, letters) groups from `group` on: the suffix may come after or before 号. */
function serviceOf(match: RegExpExecArray, group: number): TypedService | null {
  for (let at = group; at < match.length; at += 2) {
    const count = match[at];
    if (count !== undefined) return { count, letters: match[at + 1] ?? '' };
  }
  return null;
}

function withService(
  base: string,
  kinds: { letter: string | null; with: FilingNumber['kind']; without: FilingNumber['kind'] },
  typed: TypedService | null,
): FilingNumber | NumberProblem {
  if (!typed) return { canonical: base, kind: kinds.without, province: kinds.letter, service: null, serviceKind: null };
  const count = typed.count.replace(/^0+/, '');
  // Seen up to 1019; six digits leave room and keep the counter a safe number.
  if (count === '' || count.length > 6) return problem('service_number', typed.count);
  const serviceKind = serviceKindByLetter.get(typed.letters);
  if (!serviceKind) return problem('service_letter', typed.letters);
  const canonical = `${base}-${count}${letterByServiceKind[serviceKind]}`;
  return { canonical, kind: kinds.with, province: kinds.letter, service: Number(count), serviceKind };
}
