import { defineField } from '../engine/define-field.ts';
import type { FormContext, FormSection } from '../engine/definition.ts';
import { certificateOptions, subjectCertificates } from './certificates.ts';

/** Who files: name, certificate and addresses of the organiser. */
export function subjectSection(context: FormContext): FormSection {
  const person = context.subjectKind === 'individual';
  return {
    id: 'subject',
    title: { zh: '主体信息', en: 'Organiser' },
    fields: [
      defineField({
        path: 'subject.name',
        label: person ? { zh: '姓名', en: 'Full name' } : { zh: '主办单位名称', en: 'Organiser name' },
        help: { zh: '须与证件完全一致，包括括号。', en: 'Exactly as on the certificate, including brackets.' },
        personal: person ? 'name' : null,
        rules: ['name.not_blank'],
      }),
      defineField({
        path: 'subject.certificateType',
        label: { zh: '证件类型', en: 'Certificate' },
        input: 'fixed',
        options: certificateOptions(subjectCertificates[context.subjectKind]),
        rules: ['certificate.fits_subject'],
      }),
      defineField({
        path: 'subject.certificateNumber',
        label: { zh: '证件号码', en: 'Certificate number' },
        help: {
          zh: '发起备案时填写，如有误请放弃备案后重新发起。',
          en: 'Entered when the filing was created. If it is wrong, discard this filing and start again.',
        },
        input: 'fixed',
        personal: person ? 'id' : null,
        rules: ['certificate.number'],
      }),
      defineField({
        path: 'subject.certificateAddress',
        label: person
          ? { zh: '证件地址', en: 'Address on the ID document' }
          : { zh: '证件住所', en: 'Address on the certificate' },
        personal: person ? 'address' : null,
        maxLength: 1024,
        rules: ['address.complete'],
      }),
      defineField({
        path: 'subject.contactAddress',
        label: { zh: '通信地址', en: 'Contact address' },
        help: { zh: '请填写至门牌号。', en: 'Include street and house number.' },
        personal: person ? 'address' : null,
        maxLength: 1024,
        rules: ['address.complete'],
      }),
    ],
  };
}
