import { defineField } from '../engine/define-field.ts';
import type { FieldDefinition, FormContext, FormSection } from '../engine/definition.ts';
import { certificateOptions, personCertificates } from './certificates.ts';

const principalFields = (owner: 'subject' | 'service', person: boolean): FieldDefinition[] => {
  const at = `${owner}.principal`;
  const identity: FieldDefinition[] = [
    defineField({
      path: `${at}.name`,
      label: { zh: '负责人姓名', en: 'Full name' },
      personal: 'name',
      rules: ['name.not_blank'],
    }),
    defineField({
      path: `${at}.certificateType`,
      label: { zh: '证件类型', en: 'Certificate' },
      input: 'select',
      options: certificateOptions(personCertificates),
    }),
    defineField({
      path: `${at}.certificateNumber`,
      label: { zh: '证件号码', en: 'Certificate number' },
      personal: 'id',
      rules: ['certificate.number'],
    }),
  ];
  return [
    // An individual organiser is the principal; only the ways to reach them are asked.
    ...(person ? [] : identity),
    defineField({
      path: `${at}.mobile`,
      label: { zh: '手机号码', en: 'Mobile number' },
      help: {
        zh: '接收工信部核验短信，请勿使用他人号码。',
        en: 'Receives the verification SMS from MIIT. Use your own number.',
      },
      input: 'mobile',
      personal: 'phone',
      maxLength: 11,
      rules: ['mobile.form'],
    }),
    defineField({
      path: `${at}.emergencyMobile`,
      label: { zh: '应急联系电话', en: 'Emergency contact number' },
      input: 'mobile',
      personal: 'phone',
      maxLength: 20,
      rules: ['phone.form', 'emergency.differs'],
    }),
    defineField({
      path: `${at}.email`,
      label: { zh: '电子邮箱', en: 'Email' },
      input: 'email',
      personal: 'email',
      maxLength: 128,
      rules: ['email.form'],
    }),
  ];
};

/** The organiser's person in charge. */
export const subjectPrincipalSection = (context: FormContext): FormSection => ({
  id: 'subject.principal',
  title: { zh: '主体负责人', en: 'Person in charge (organiser)' },
  fields: principalFields('subject', context.subjectKind === 'individual'),
});

/** The site's person in charge; null for an individual, who is both: asking twice would only let the two differ. */
export const servicePrincipalSection = (context: FormContext): FormSection | null =>
  context.subjectKind === 'individual'
    ? null
    : {
        id: 'service.principal',
        title: { zh: '网站负责人', en: 'Person in charge (site)' },
        fields: principalFields('service', false),
      };
