import { rowsOn } from '../../code-tables/index.ts';
import { defineField } from '../engine/define-field.ts';
import type { FieldDefinition, FormContext } from '../engine/definition.ts';
import { optionsOf, yesNo } from './options.ts';

/** What is asked of an app besides: its icon, where it runs, and what SDKs it is about. */
export function appFields(context: FormContext): FieldDefinition[] {
  return [
    defineField({
      path: 'service.hasIcon',
      label: { zh: '已准备 APP 图标（不超过 100 KB）', en: 'The icon is ready (at most 100 KB)' },
      input: 'tick',
      required: false,
    }),
    defineField({
      path: 'service.platforms',
      label: { zh: '运行平台', en: 'Platforms' },
      help: {
        zh: '操作系统，不是应用商店；同一平台包名不同的分别填写。',
        en: 'Operating systems, not stores. One row for each package name.',
      },
      input: 'list',
      most: 20,
      item: platformItem(context),
      rules: ['platforms.distinct'],
    }),
    defineField({
      path: 'service.hasSdks',
      label: { zh: '是否涉及 SDK', en: 'Are SDKs involved?' },
      help: {
        zh: '使用第三方 SDK（支付、定位、登录等）或向他人提供 SDK。',
        en: 'The app uses SDKs of others (payment, location, sign-in) or offers one.',
      },
      input: 'select',
      options: yesNo,
    }),
    defineField({
      path: 'service.sdks',
      label: { zh: 'SDK', en: 'SDKs' },
      input: 'list',
      most: 50,
      askedWhen: [{ path: 'service.hasSdks', oneOf: ['yes'] }],
      item: sdkItem,
    }),
  ];
}

/** Signed platforms are those whose certificates the table knows the fingerprints of. */
function platformItem({ tables, at }: FormContext): FieldDefinition[] {
  const signed = rowsOn(tables['app-platforms'], at).filter(({ fingerprints }) => fingerprints !== undefined);
  const whenSigned = [{ path: 'platform', oneOf: signed.map(({ key }) => key) }];
  return [
    defineField({
      path: 'platform',
      label: { zh: '平台', en: 'Platform' },
      input: 'select',
      options: optionsOf(tables['app-platforms'], at),
    }),
    defineField({
      path: 'packageName',
      label: { zh: '包名（iOS 为 Bundle ID）', en: 'Package name (Bundle ID on iOS)' },
      maxLength: 255,
      rules: ['app.package_name'],
    }),
    defineField({
      path: 'publicKey',
      label: { zh: '公钥', en: 'Public key' },
      help: {
        zh: '签名证书的公钥（模数，十六进制）。请勿填写私钥。',
        en: 'Of the signing certificate: its modulus in hexadecimal. Never the private key.',
      },
      input: 'textarea',
      maxLength: 4000,
      askedWhen: whenSigned,
      rules: ['app.public_key'],
    }),
    defineField({
      path: 'fingerprint',
      label: { zh: '证书指纹', en: 'Certificate fingerprint' },
      help: {
        zh: '签名证书的指纹：安卓为 MD5，iOS 为 SHA-1，鸿蒙填应用市场显示的指纹。',
        en: 'Of the signing certificate: MD5 for Android, SHA-1 for iOS, for HarmonyOS as its store shows it.',
      },
      maxLength: 128,
      askedWhen: whenSigned,
      rules: ['app.fingerprint'],
    }),
    defineField({
      path: 'domains',
      label: { zh: '使用的域名', en: 'Domains it uses' },
      help: { zh: '主办者自己的域名，不带 www。', en: 'Your own domains, without www.' },
      input: 'texts',
      most: 50,
      rules: ['app.domain'],
    }),
    defineField({
      path: 'addresses',
      label: { zh: '域名解析到的 IP', en: 'Addresses of the domains' },
      help: { zh: 'IPv4 或 IPv6。', en: 'IPv4 or IPv6.' },
      input: 'texts',
      required: false,
      most: 50,
      rules: ['ip.public'],
    }),
  ];
}

const sdkItem: readonly FieldDefinition[] = [
  defineField({ path: 'name', label: { zh: 'SDK 名称', en: 'Name' }, maxLength: 128 }),
  defineField({
    path: 'use',
    label: { zh: '功能类型', en: 'Use' },
    help: { zh: '如支付、定位、登录、推送。', en: 'Payment, location, sign-in or push, say.' },
    maxLength: 128,
  }),
  defineField({ path: 'provider', label: { zh: '服务商', en: 'Provider' }, maxLength: 255 }),
];
