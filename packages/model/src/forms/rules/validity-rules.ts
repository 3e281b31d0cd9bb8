import { addDays, isDay } from '../../calendar/day.ts';
import { breach, type FormRule } from './check-context.ts';

/** From when and until when certificates are valid. */
export const validityRules = {
  'validity.begun': (value, _field, _values, context) =>
    value <= context.at
      ? null
      : breach(
          'validity.begun',
          'WX-FILING-LISTS',
          { zh: '证件尚未生效', en: 'The certificate is not valid yet' },
          { zh: '请核对证件上的有效期起始日。', en: 'Check the first day on the certificate.' },
        ),

  'validity.order': (value, field, values) => {
    const from = values[field.path.replace(/To$/, 'From')];
    return value === 'long_term' || !isDay(from) || from < value
      ? null
      : breach(
          'validity.order',
          'WX-FILING-LISTS',
          { zh: '有效期止不晚于有效期起', en: 'The certificate ends before it begins' },
          { zh: '请核对证件上的有效期。', en: 'Check both days on the certificate.' },
        );
  },

  'validity.left': (value, _field, _values, context) => {
    if (value === 'long_term') return null;
    const held = context.limits?.certificates;
    const last = addDays(context.at, held?.minDaysLeft ?? 0);
    if (value >= last) return null;
    return breach(
      'validity.left',
      held?.source ?? 'WX-FILING-LISTS',
      value < context.at
        ? { zh: '证件已过期', en: 'The certificate has expired' }
        : { zh: `证件剩余有效期不足 ${held?.minDaysLeft} 天`, en: `Fewer than ${held?.minDaysLeft} days are left` },
      { zh: '请先换领证件，再填写新证件的信息。', en: 'Renew the certificate, then enter the new one.' },
    );
  },
} satisfies Record<string, FormRule>;
