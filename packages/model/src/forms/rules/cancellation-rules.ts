import { breach, type FormRule } from './check-context.ts';

const certificates = [
  'subject.certificateNumber',
  'subject.principal.certificateNumber',
  'service.principal.certificateNumber',
] as const;

/** Who ends a record shows to know a certificate of it. */
export const cancellationRules = {
  'certificate.last_six': (value, _field, values) => {
    const known = certificates.flatMap((path) => {
      const number = values[path];
      return typeof number === 'string' && number !== '' ? [number.replace(/\s+/g, '').toUpperCase().slice(-6)] : [];
    });
    return known.includes(value.toUpperCase())
      ? null
      : breach(
          'certificate.last_six',
          'tencent-filing-kinds',
          { zh: '与备案的证件号码不一致', en: 'This does not agree with a certificate on record' },
          {
            zh: '请填写主体证件或负责人证件号码的后六位。',
            en: 'Enter the last six characters of the organiser’s or the principal’s certificate number.',
          },
        );
  },
} satisfies Record<string, FormRule>;
