import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fictionalCompany, fictionalPerson } from '../fictional/index.ts';
import { certificateNumberProblem } from './certificate-numbers.ts';
import { residentIdCheckDigit } from './identifiers.ts';

const today = '2026-11-29';
const problemOf = (certificate: number, number: string) => certificateNumberProblem(certificate, number, today);
const withCheck = (body: string) => body + residentIdCheckDigit(body);

describe('numbers of certificates', () => {
  test.each([
    [2, '11010519491231002X', null],
    [2, '110105194912310021', 'check_digit'],
    [2, '810000199001010019', 'region'],
    [41, '810000199001010019', null],
    [41, '820000199001010010', null],
    [41, '830000199001010012', 'not_of_hong_kong_or_macau'],
    [41, '11010519491231002X', 'not_of_hong_kong_or_macau'],
    [42, '830000199001010012', null],
    [42, '810000199001010019', 'not_of_taiwan'],
    [42, '830000199001010013', 'check_digit'],
    [30, 'ABC123456789012', null],
    [30, '911156199001010010', null],
    [30, '911156199013010010', 'foreigner_form'],
    [30, '11010519491231002X', 'foreigner_form'],
    [14, 'H12345678', null],
    [14, 'm1234567801', null],
    [14, 'A12345678', 'permit_form'],
    [11, '12345678', null],
    [11, '1234567', 'permit_form'],
    [7, 'E12345678', null],
    [7, 'E 1234', 'passport_form'],
    [1, '91350100M000100Y43', null],
    [1, '91350100M000100Y44', 'check_character'],
    [28, '91350100M000100Y44', 'check_character'],
    [12, 'D2143569-X', null],
    [12, 'D2143569X', null],
    [12, '600037341', null],
    [12, '600037342', 'organisation_check'],
    [12, '91350100M000100Y43', 'organisation_code_form'],
    [21, '91350100M000100Y44', 'check_character'],
    [21, '31440000MD0000', null],
    [5, '32001部队', null],
    [5, '<script>', 'free_form'],
    [99, '', 'free_form'],
  ] as const)('certificate %i, %s → %s', (certificate, number, problem) => {
    expect(problemOf(certificate, number)).toBe(problem);
  });

  test('the organisation code inside a credit code is one, and any other check character is refused', () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.constantFrom(...'0123456789X'), (seed, check) => {
        const inside = fictionalCompany(seed).creditCode.slice(8, 17);
        expect(problemOf(12, inside)).toBeNull();
        if (check !== inside.charAt(8)) expect(problemOf(12, inside.slice(0, 8) + check)).not.toBeNull();
      }),
    );
  });

  test('of one birth day in four regions each fits only its own certificate', () => {
    fc.assert(
      fc.property(fc.nat(99_999), (seed) => {
        const birth = fictionalPerson(seed).residentId.slice(6, 17);
        const fits = [81, 82, 83].map((region) =>
          [2, 41, 42].filter((certificate) => problemOf(certificate, withCheck(`${region}0000${birth}`)) === null),
        );
        expect(fits).toEqual([[41], [41], [42]]);
      }),
    );
  });
});
