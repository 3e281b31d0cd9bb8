import { isEmail, isFixedLine, isMobile } from '../identifiers.ts';
import { breach, type FormRule } from './check-context.ts';

/** How people are reached. */
export const contactRules = {
  'mobile.form': (value) =>
    isMobile(value)
      ? null
      : breach(
          'mobile.form',
          'STD-4',
          { zh: '手机号码应为 11 位，以 13–19 开头', en: 'A mobile number has 11 digits and starts with 13 to 19' },
          { zh: '填写本人在用的大陆手机号。', en: 'Enter a mainland mobile number that you use.' },
        ),

  'phone.form': (value) =>
    isMobile(value) || isFixedLine(value)
      ? null
      : breach(
          'phone.form',
          'STD-4',
          {
            zh: '电话应为手机号，或“区号-号码”形式的固定电话',
            en: 'Enter a mobile number, or a landline as area code-number',
          },
          { zh: '例如 010-88888888。', en: 'For example 010-88888888.' },
        ),

  'emergency.differs': (value, field, values) =>
    value === values[field.path.replace(/emergencyMobile$/, 'mobile')]
      ? breach(
          'emergency.differs',
          'QC-GENERAL',
          { zh: '应急电话与手机号码相同', en: 'The emergency number is the same as the mobile number' },
          { zh: '请填写其他可联系的号码。', en: 'Enter another number at which someone can be reached.' },
        )
      : null,

  'phone.no_placeholder': (value) =>
    /(\d)\1{6,}$/.test(value.replace(/-\d{1,6}$/, (extension) => (/^-\d{7,8}$/.test(extension) ? extension : '')))
      ? breach(
          'phone.no_placeholder',
          'NORM-2009',
          { zh: '电话号码不真实', en: 'This is not a real number' },
          { zh: '填写能够接通的号码；没有的可不填。', en: 'Enter a number that is answered, or none.' },
        )
      : null,

  'email.form': (value) =>
    isEmail(value)
      ? null
      : breach(
          'email.form',
          'ISP-V3',
          { zh: '邮箱格式不正确', en: 'Invalid email address' },
          { zh: '例如 name@example.cn，长度 6–128。', en: 'For example name@example.cn, 6 to 128 characters.' },
        ),
} satisfies Record<string, FormRule>;
