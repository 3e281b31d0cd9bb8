import { defineField } from '../engine/define-field.ts';
import type { FormContext, FormSection } from '../engine/definition.ts';
import { filingPasswordField } from './filing-password.ts';
import { optionsOf, serverPlaceOptions } from './options.ts';

/** How and where the service is connected. */
export const accessSection = (context: FormContext): FormSection => ({
  id: 'service.access',
  title: { zh: '接入信息', en: 'Access' },
  fields: [
    defineField({
      path: 'service.access.methods',
      label: { zh: '接入方式', en: 'Access methods' },
      input: 'multi_select',
      options: optionsOf(context.tables['access-methods'], context.at),
    }),
    defineField({
      path: 'service.access.places',
      label: { zh: '服务器放置地', en: 'Where the servers are' },
      help: { zh: '云资源所在的省份。', en: 'The provinces of the cloud resources.' },
      input: 'multi_select',
      options: serverPlaceOptions(context.tables, context.at),
    }),
    defineField({
      path: 'service.access.ipRanges',
      label: { zh: 'IP 地址段', en: 'IP ranges' },
      help: {
        zh: '不填的，按绑定的云资源的公网 IP 报送。',
        en: 'Left empty, the public addresses of the bound resource are reported.',
      },
      input: 'list',
      required: false,
      most: 50,
      item: [
        defineField({
          path: 'first',
          label: { zh: '起始 IP', en: 'First address' },
          maxLength: 45,
          rules: ['ip.public'],
        }),
        defineField({
          path: 'last',
          label: { zh: '终止 IP', en: 'Last address' },
          maxLength: 45,
          rules: ['ip.public', 'ip.order'],
        }),
      ],
    }),
    ...filingPasswordField(context, 'service.access'),
  ],
});
