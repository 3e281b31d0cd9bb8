import { contrastOf, leastContrast, shadeFor } from '@openbeian/model/colour';
import { z } from 'zod';
import { lightGrounds } from './look-colours.ts';
import { setting } from './setting.ts';

const title = z.string().min(1).max(60);
const label = z.string().min(1).max(100);
const file = z.string().min(1).max(2000);
const https = z.url({ protocol: /^https$/ });
/** Paragraphs of plain text, with an empty line between them. */
const paragraphs = z.string().min(1).max(6000);

const legal = z.union([z.strictObject({ url: https }), z.strictObject({ zh: paragraphs, en: paragraphs })], {
  error: '{url} of an https page, or {zh, en} with plain paragraphs',
});

const hex = /^#[0-9a-fA-F]{6}$/;
const colour = z
  .string()
  .regex(hex)
  .superRefine((value, context) => {
    if (!hex.test(value)) return;
    const faintest = Math.min(...lightGrounds.map((ground) => contrastOf(value, ground)));
    if (faintest >= leastContrast.text) return;
    const nearest = shadeFor(value, '#000000', lightGrounds, leastContrast.text);
    const least = `${leastContrast.text} : 1`;
    const ground = lightGrounds.at(-1);
    const [zh, en] = [
      `与白色和页面底色 ${ground} 的对比度应至少为 ${least}（WCAG 2.2 AA，现为 ${faintest.toFixed(2)} : 1）；最接近的可用颜色为 "${nearest}"`,
      `expected a contrast of at least ${least} to white and to the pages’ ground ${ground} (WCAG 2.2 AA; this colour has ${faintest.toFixed(2)} : 1); the nearest that passes is "${nearest}"`,
    ];
    context.addIssue({ code: 'custom', message: en, params: { zh, en } });
  });

/** How the console looks and what it is called. */
export const lookSchema = z
  .strictObject({
    title: setting(
      z.strictObject({ zh: title, en: title }).nullable().default(null),
      '控制台的名称，显示在登录页、页眉、浏览器标题、邮件和打印页上，形如 {"zh": "星云备案", "en": "Xingyun Filing"}；不设为 OpenBeian',
      'What the console is called on the sign-in page, in headers, browser titles, mails and on paper, as {"zh": "…", "en": "…"}; OpenBeian unless set',
    ),
    logoFile: setting(
      file.nullable().default(null),
      '标志文件（SVG 不超过 100 KB，或 PNG 不超过 300 KB、边长 32–2048 像素），启动时读取',
      'File of the logo, read at the start: SVG of at most 100 KB, or PNG of at most 300 KB and of 32 to 2048 pixels each way',
    ),
    darkLogoFile: setting(
      file.nullable().default(null),
      '深色外观所用的标志文件，要求同 logoFile；不设则用 logoFile 的标志，衬以白底',
      'File of the logo in the dark theme, bounds as of logoFile; the one of logoFile on white unless set',
    ),
    faviconFile: setting(
      file.nullable().default(null),
      '浏览器标签页图标文件，要求同 logoFile；不设则用标志',
      'File of the icon in browser tabs, bounds as of logoFile; the logo unless set',
    ),
    primaryColour: setting(
      colour.nullable().default(null),
      '主色，形如 "#14606b"：浅色背景上的对比度至少 4.5 : 1，不足时启动失败并给出最接近的可用颜色；深色外观所用的颜色由它推算',
      'Main colour, as "#14606b": at least 4.5 : 1 on the light grounds, or the start is refused with the nearest colour that passes; the dark theme’s shades are reckoned from it',
    ),
    footerLinks: setting(
      z
        .array(z.strictObject({ zh: label, en: label, url: https }))
        .max(12)
        .default([]),
      '页脚链接，形如 [{"zh": "官网", "en": "Website", "url": "https://www.example.cn"}]，最多 12 个',
      'Links at the foot of every page, as [{"zh": "…", "en": "…", "url": "https://…"}], 12 at most',
    ),
    terms: setting(
      legal.nullable().default(null),
      '服务条款：{"url": "https://…"}，或 {"zh": "…", "en": "…"}（纯文本，空行分段），显示在 /terms',
      'Terms of service: {"url": "https://…"}, or {"zh": "…", "en": "…"} as plain text with empty lines between paragraphs, shown at /terms',
    ),
    privacy: setting(
      legal.nullable().default(null),
      '隐私政策，写法同 terms，显示在 /privacy',
      'Privacy policy, written as terms, shown at /privacy',
    ),
    support: setting(
      z
        .strictObject({
          zh: label,
          en: label,
          url: z
            .url({ protocol: /^(https|mailto|tel)$/ })
            .nullable()
            .default(null),
        })
        .nullable()
        .default(null),
      '客服联系方式，显示在页脚和邮件末尾，形如 {"zh": "客服 400-000-0000", "en": "Support 400-000-0000", "url": "tel:4000000000"}；url 为 https、mailto 或 tel',
      'Whom to ask, at the foot of pages and mails, as {"zh": "…", "en": "…", "url": "tel:4000000000"}; the URL is https, mailto or tel',
    ),
  })
  .prefault({});
