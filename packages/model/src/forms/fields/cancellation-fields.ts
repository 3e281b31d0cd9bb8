import { defineField } from '../engine/define-field.ts';
import type { FormContext, FormSection } from '../engine/definition.ts';
import { filingPasswordField } from './filing-password.ts';

/** What ends a record is confirmed by somebody who knows the certificate, and who has read that it cannot be undone. */
export const cancellationSection = (context: FormContext): FormSection => ({
  id: 'cancellation',
  title: { zh: '注销确认', en: 'Confirm the cancellation' },
  fields: [
    defineField({
      path: 'cancellation.reason',
      label: { zh: '原因', en: 'Reason' },
      help: { zh: '选填，供审核人员参考。', en: 'Optional, for whoever reads the order.' },
      input: 'textarea',
      required: false,
      maxLength: 200,
    }),
    defineField({
      path: 'cancellation.lastSix',
      label: { zh: '证件号码后六位', en: 'Last six characters of the certificate number' },
      help:
        context.kind === 'cancel_subject'
          ? { zh: '主体证件或主体负责人证件的后六位。', en: 'Of the organiser’s or its principal’s certificate.' }
          : {
              zh: '主体证件或服务负责人证件的后六位。',
              en: 'Of the organiser’s or the service principal’s certificate.',
            },
      personal: 'id',
      maxLength: 6,
      rules: ['certificate.last_six'],
    }),
    ...filingPasswordField(context, 'cancellation'),
    defineField({
      path: 'cancellation.understood',
      label:
        context.kind === 'cancel_access'
          ? {
              zh: '我已将域名解析移出本接入商，知道长期没有接入商的备案会被注销',
              en: 'The domain no longer points here, and I know that a record without any provider is cancelled in time',
            }
          : {
              zh: '我知道注销后备案号不可恢复，域名将停止访问',
              en: 'I know that the number cannot be restored and that the domain will no longer be served',
            },
      input: 'tick',
    }),
  ],
});
