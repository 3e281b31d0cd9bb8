import { isLinkTemplate, linkedRemedies, linkPlaceholders } from '@openbeian/model/eligibility';
import { z } from 'zod';
import { setting } from './setting.ts';

const placeholders = linkPlaceholders.map((name) => `{${name}}`).join(' ');
const template = z
  .string()
  .max(2000)
  .refine(isLinkTemplate, {
    error: `an https URL, in which only ${placeholders} stand for something, none of them in the host`,
  });
const title = z.string().min(1).max(200);

/** Where the console leads people to outside of itself. */
export const linksSchema = z
  .strictObject({
    remedies: setting(
      z
        .record(z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/), z.partialRecord(z.enum(linkedRemedies), template))
        .default({}),
      `各接入商处理办法的网址，显示在原因旁，形如 {xingyun: {renew: "https://console.example.cn/renew?id={resourceId}"}}；可用的办法：${linkedRemedies.join('、')}；占位符：${placeholders}，只能在路径和参数中`,
      `Where customers do what a reason asks for, by provider, shown beside the reason, as {xingyun: {renew: "https://console.example.cn/renew?id={resourceId}"}}; actions: ${linkedRemedies.join(', ')}; placeholders, in path and query only: ${placeholders}`,
    ),
    policeFiling: setting(
      z
        .strictObject({ url: z.url({ protocol: /^https$/ }), zh: title, en: title })
        .nullable()
        .default({
          url: 'https://beian.mps.gov.cn/',
          zh: '办理公安联网备案（网站开通后 30 日内）',
          en: 'Public-security filing, within 30 days after going live',
        }),
      '备案记录页上公安联网备案的网址与文字；null 为不显示',
      'The link to the public-security filing on the page of a record, and its text; null shows none',
    ),
  })
  .prefault({});
