import { expect, test } from 'vitest';
import { offeredCertificate } from './offered-certificate.ts';

test.each([
  [['organisation_code', 'credit_code_certificate'], 'credit_code_certificate'],
  [['organisation_code', 'institution_legal_person', 'credit_code_certificate'], 'credit_code_certificate'],
  [['resident_id', 'passport'], 'resident_id'],
  [[], ''],
])('of %j the one offered first is %s', (certificates, offered) => {
  expect(offeredCertificate(certificates.map((value) => ({ value })))).toBe(offered);
});
