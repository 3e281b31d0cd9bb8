import type { SubjectKind } from '../../filing/kinds.ts';
import { defineField } from '../engine/define-field.ts';
import type { FieldDefinition, FieldOption, FormContext, FormSection } from '../engine/definition.ts';
import { certificateOptions, natureOptions, optionsOf, regionOptions, yesNo } from './options.ts';
import { validityFields } from './validity-fields.ts';

/** Who files: nature, certificate, region and addresses of the organiser. */
export function subjectSection(context: FormContext): FormSection {
  const person = context.subjectKind === 'individual';
  return {
    id: 'subject',
    title: { zh: '主体信息', en: 'Organiser' },
    fields: [
      ...identityFields(context, person),
      ...placeFields(context, person),
      ...(person ? [residenceProof(context.provinceCode)] : unitFields(context)),
      defineField({
        path: 'subject.remark',
        label: { zh: '主体备注', en: 'Remark on the organiser' },
        input: 'textarea',
        required: false,
        maxLength: 500,
      }),
      defineField({
        path: 'subject.submittedBy',
        label: { zh: '报备方式', en: 'Filed by' },
        input: 'select',
        options: optionsOf(context.tables.submitters, context.at),
        required: false,
      }),
    ],
  };
}

function identityFields({ tables, subjectKind, at }: FormContext, person: boolean): FieldDefinition[] {
  return [
    defineField({
      path: 'subject.nature',
      label: { zh: '单位性质', en: 'Nature of the organiser' },
      input: 'fixed',
      options: natureOptions(tables, subjectKind, at),
      // Filings of before there were natures have none: the certificate says which is meant (`natureIn`).
      required: false,
      rules: ['nature.fits_subject'],
    }),
    defineField({
      path: 'subject.name',
      label: person ? { zh: '姓名', en: 'Full name' } : { zh: '主办单位名称', en: 'Organiser name' },
      help: { zh: '须与证件完全一致，包括括号。', en: 'Exactly as on the certificate, including brackets.' },
      personal: person ? 'name' : null,
      rules: ['name.not_blank', 'name.full'],
    }),
    defineField({
      path: 'subject.certificateType',
      label: { zh: '证件类型', en: 'Certificate' },
      input: 'fixed',
      options: certificateOptions(tables, subjectKind, at),
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
    ...validityFields('subject'),
  ];
}

function placeFields({ divisions, provinceCode }: FormContext, person: boolean): FieldDefinition[] {
  return [
    defineField({
      path: 'subject.region',
      label: { zh: '所在市、县（区）', en: 'City and county' },
      help: {
        zh: '按证件住所选择，可输入名称查找。',
        en: 'Of the address on the certificate. Names are the official ones (GB/T 2260), which are in Chinese; type to search.',
      },
      input: 'select',
      options: regionOptions(divisions, provinceCode),
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
  ];
}

function unitFields(context: FormContext): FieldDefinition[] {
  const other = [{ path: 'subject.legalRepresentative.isPrincipal', oneOf: ['no'] }];
  return [
    defineField({
      path: 'subject.superior',
      label: { zh: '投资者或上级主管单位', en: 'Investor or superior body' },
      help: {
        zh: '多个以分号隔开；没有的不填，按单位本身报送。',
        en: 'Several separated by semicolons. Leave it empty if there is none: the organiser itself is then reported.',
      },
      required: false,
      rules: ['name.not_blank', 'superior.fits_nature'],
    }),
    defineField({
      path: 'subject.legalRepresentative.isPrincipal',
      label: { zh: '主体负责人是否为法定代表人', en: 'Is the person in charge the legal representative?' },
      input: 'select',
      options: yesNo,
    }),
    defineField({
      path: 'subject.legalRepresentative.name',
      label: { zh: '法定代表人姓名', en: 'Legal representative: full name' },
      personal: 'name',
      askedWhen: other,
      rules: ['name.not_blank', 'name.person'],
    }),
    defineField({
      path: 'subject.legalRepresentative.certificateType',
      label: { zh: '法定代表人证件类型', en: 'Legal representative: certificate' },
      input: 'select',
      options: personCertificateOptions(context),
      askedWhen: other,
    }),
    defineField({
      path: 'subject.legalRepresentative.certificateNumber',
      label: { zh: '法定代表人证件号码', en: 'Legal representative: certificate number' },
      personal: 'id',
      askedWhen: other,
      rules: ['certificate.number'],
    }),
  ];
}

const individuals: SubjectKind = 'individual';

/** What a person may be known by. */
export const personCertificateOptions = ({ tables, at }: Pick<FormContext, 'tables' | 'at'>): FieldOption[] =>
  certificateOptions(tables, individuals, at);

const residenceProofs: readonly FieldOption[] = [
  { value: 'residence_permit', label: { zh: '居住证', en: 'Residence permit' } },
  { value: 'social_insurance', label: { zh: '社保缴纳证明', en: 'Social insurance record' } },
  { value: 'property', label: { zh: '房产证明', en: 'Proof of property' } },
  { value: 'employment', label: { zh: '工作证明', en: 'Proof of employment' } },
  { value: 'household', label: { zh: '户口簿', en: 'Household register' } },
  { value: 'none', label: { zh: '暂无', en: 'None' } },
];

/** An individual whose identity number is of another province; which papers do is for the province's rules. */
const residenceProof = (provinceCode: string): FieldDefinition =>
  defineField({
    path: 'subject.residenceProof',
    label: { zh: '居住证明', en: 'Proof of residence' },
    help: {
      zh: '证件由其他省签发的，选择可以提供的一种。',
      en: 'The certificate is of another province: choose what you can provide.',
    },
    input: 'select',
    options: residenceProofs,
    askedWhen: [{ path: 'subject.certificateNumber', notStartingWith: provinceCode.slice(0, 2) }],
  });
