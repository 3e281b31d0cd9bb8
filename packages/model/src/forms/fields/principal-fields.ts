import { defineField } from '../engine/define-field.ts';
import type { AskedWhen, FieldDefinition, FormContext, FormSection } from '../engine/definition.ts';
import { optionsOf } from './options.ts';
import { personCertificateOptions } from './subject-fields.ts';
import { validityFields } from './validity-fields.ts';

type Owner = 'subject' | 'service';

function identityFields(at: string, context: FormContext): FieldDefinition[] {
  return [
    defineField({
      path: `${at}.name`,
      label: { zh: '负责人姓名', en: 'Full name' },
      personal: 'name',
      rules: ['name.not_blank', 'name.person'],
    }),
    defineField({
      path: `${at}.certificateType`,
      label: { zh: '证件类型', en: 'Certificate' },
      input: 'select',
      options: personCertificateOptions(context),
    }),
    defineField({
      path: `${at}.certificateNumber`,
      label: { zh: '证件号码', en: 'Certificate number' },
      personal: 'id',
      rules: ['certificate.number'],
    }),
    ...validityFields(at),
  ];
}

function phoneFields(at: string): FieldDefinition[] {
  return [
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
      path: `${at}.officePhone`,
      label: { zh: '联系方式二（办公电话）', en: 'Second contact (office phone)' },
      help: { zh: '座机填写区号，如 010-88888888。', en: 'A landline with its area code, as 010-88888888.' },
      input: 'phone',
      personal: 'phone',
      required: false,
      maxLength: 24,
      rules: ['phone.form', 'phone.no_placeholder'],
    }),
    defineField({
      path: `${at}.emergencyMobile`,
      label: { zh: '应急联系电话', en: 'Emergency contact number' },
      input: 'phone',
      personal: 'phone',
      maxLength: 20,
      rules: ['phone.form', 'emergency.differs'],
    }),
  ];
}

function writtenFields(at: string, { tables, at: day }: FormContext): FieldDefinition[] {
  const messengers = optionsOf(tables.messengers, day);
  return [
    defineField({
      path: `${at}.email`,
      label: { zh: '电子邮箱', en: 'Email' },
      input: 'email',
      personal: 'email',
      maxLength: 128,
      rules: ['email.form'],
    }),
    defineField({
      path: `${at}.messenger`,
      label: { zh: '即时通信', en: 'Instant messenger' },
      input: 'select',
      options: messengers,
      required: false,
    }),
    defineField({
      path: `${at}.messengerAccount`,
      label: { zh: '即时通信账号', en: 'Messenger account' },
      personal: 'phone',
      maxLength: 64,
      askedWhen: [
        {
          path: `${at}.messenger`,
          oneOf: messengers.map(({ value }) => value).filter((value) => value !== 'none'),
        },
      ],
    }),
    defineField({
      path: `${at}.remark`,
      label: { zh: '负责人备注', en: 'Remark on the person' },
      input: 'textarea',
      required: false,
      maxLength: 500,
    }),
  ];
}

const principalFields = (owner: Owner, context: FormContext): FieldDefinition[] => {
  const at = `${owner}.principal`;
  return [
    // An individual organiser is the principal; only the ways to reach them are asked.
    ...(context.subjectKind === 'individual' ? [] : identityFields(at, context)),
    ...phoneFields(at),
    ...writtenFields(at, context),
  ];
};

/** The organiser's person in charge. */
export const subjectPrincipalSection = (context: FormContext): FormSection => ({
  id: 'subject.principal',
  title: { zh: '主体负责人', en: 'Person in charge (organiser)' },
  fields: principalFields('subject', context),
});

const sameAsSubjects = 'service.principal.isSubjects';

/**
 * The service's person in charge; null for an individual, who is both: asking twice would only let the two differ. One tick says
 * the same of a unit (`withBothPrincipals`).
 */
export function servicePrincipalSection(context: FormContext): FormSection | null {
  if (context.subjectKind === 'individual') return null;
  const isApp = context.serviceKind === 'app';
  const another: AskedWhen = { path: sameAsSubjects, noneOf: ['yes'] };
  return {
    id: 'service.principal',
    title: isApp
      ? { zh: 'APP 负责人', en: 'Person in charge (app)' }
      : { zh: '网站负责人', en: 'Person in charge (site)' },
    fields: [
      defineField({
        path: sameAsSubjects,
        label: { zh: '与主体负责人相同', en: 'The same as the organiser’s person in charge' },
        input: 'tick',
        required: false,
      }),
      ...principalFields('service', context).map((field) => ({ ...field, askedWhen: [...field.askedWhen, another] })),
    ],
  };
}

/** The values with the service's principal filled in where it is the organiser's. */
export function withBothPrincipals(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (values[sameAsSubjects] !== 'yes') return values;
  const rest = Object.entries(values).filter(
    ([path]) => !path.startsWith('service.principal.') || path === sameAsSubjects,
  );
  const copied = Object.entries(values).flatMap(([path, value]) =>
    path.startsWith('subject.principal.') ? [[path.replace(/^subject/, 'service'), value]] : [],
  );
  return Object.fromEntries([...rest, ...copied]);
}
