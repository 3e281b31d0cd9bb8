import { rowOf } from '../../code-tables/index.ts';
import { normaliseHost } from '../../domain-name/index.ts';
import type { ListRule } from '../engine/rule.ts';
import { breach, type CheckContext, type FormRule } from './check-context.ts';

const hexLengths = { md5: 32, sha1: 40, sha256: 64 } as const;
const digestNames = { md5: 'MD5', sha1: 'SHA-1', sha256: 'SHA-256' } as const;
/** Keys of less than 1024 bits are refused by every store; the modulus of 16384 bits is the largest in use. */
const hexOfKey = /^[0-9a-f]{256,4096}$/i;
/** As certificates of elliptic curves have: the point, uncompressed. */
const hexOfPoint = /^04[0-9a-f]{96,264}$/i;

const withoutSigns = (text: string): string => text.replace(/[\s:]/g, '');

/** What an app is known by on its platforms. */
export const appRules = {
  'app.package_name': (value, _field, { platform }) => {
    const pattern =
      platform === 'ios' ? /^[A-Za-z0-9][A-Za-z0-9.-]*$/ : /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+$/;
    const isKnown = platform === 'android' || platform === 'ios' || platform === 'harmonyos';
    return !isKnown || pattern.test(value)
      ? null
      : breach(
          'app.package_name',
          'APP-FEATURES',
          { zh: '包名格式不正确', en: 'This is no package name' },
          { zh: '例如 cn.example.app，与安装包中的一致。', en: 'As in the package, cn.example.app say.' },
        );
  },

  'app.public_key': (value) => {
    const isPrivate = /PRIVATE KEY/i.test(value);
    const hex = withoutSigns(value);
    if (!isPrivate && (hexOfKey.test(hex) || hexOfPoint.test(hex))) return null;
    return breach(
      'app.public_key',
      'APP-FEATURES',
      isPrivate
        ? { zh: '这是私钥，请立即删除', en: 'This is a private key: remove it at once' }
        : { zh: '公钥应为十六进制的模数', en: 'The public key is a modulus in hexadecimal' },
      {
        zh: '从签名证书中读取公钥后填写；也可上传安装包或证书自动读取。',
        en: 'Take it from the signing certificate, or read it from the package.',
      },
    );
  },

  'app.fingerprint': (value, _field, { platform }, { tables, at }) => {
    const digests = rowOf(tables['app-platforms'], platform, at)?.fingerprints;
    if (digests === undefined) return null;
    const hex = withoutSigns(value);
    const zh = digests.map((digest) => `${digestNames[digest]} 指纹，${hexLengths[digest]} 位十六进制`);
    const en = digests.map(
      (digest) => `${digestNames[digest]} fingerprint has ${hexLengths[digest]} hexadecimal digits`,
    );
    return digests.some((digest) => hex.length === hexLengths[digest]) && /^[0-9a-f]+$/i.test(hex)
      ? null
      : breach(
          'app.fingerprint',
          'APP-FEATURES',
          {
            zh: `应为签名证书的 ${zh.join('，或 ')}`,
            en: `The certificate’s ${en.join(', its ')}`,
          },
          { zh: '填写证书的指纹，不是安装包的校验值。', en: 'Of the certificate, not of the package.' },
        );
  },

  'app.domain': (value, _field, _values, context) => {
    const host = normaliseHost(value);
    const isName = host.kind === 'name' && host.registrableName !== null;
    const most = context.limits?.appDomains?.mostLabels;
    const isShort =
      isName && host.host.split('.').length <= (most ?? Number.POSITIVE_INFINITY) && !host.host.startsWith('www.');
    return isShort
      ? null
      : breach(
          'app.domain',
          context.limits?.appDomains?.source ?? 'APP-FEATURES',
          isName
            ? most === undefined
              ? { zh: '域名不带 www.', en: 'A domain has no www.' }
              : { zh: `域名不超过 ${most} 级，且不带 www.`, en: `A domain has at most ${most} labels and no www.` }
            : { zh: '域名格式不正确', en: 'This is no domain' },
          { zh: '例如 api.example.cn。', en: 'For example api.example.cn.' },
        );
  },
} satisfies Record<string, FormRule>;

/** What each item is known by; one in which `path` is still empty is missing, not given twice. */
function keysOf(
  value: readonly unknown[],
  path: string,
  keyOf: (item: Readonly<Record<string, unknown>>) => string,
): string[] {
  const items = value as readonly Readonly<Record<string, unknown>>[]; // its shape was looked at before
  return items.filter((item) => typeof item[path] === 'string' && item[path] !== '').map(keyOf);
}

const isDistinct = (keys: readonly string[]): boolean => new Set(keys).size === keys.length;

/** Lists as a whole. */
export const listRules = {
  'platforms.distinct': (value) =>
    isDistinct(keysOf(value, 'packageName', ({ platform, packageName }) => JSON.stringify([platform, packageName])))
      ? null
      : breach(
          'platforms.distinct',
          'APP-FEATURES',
          { zh: '同一平台的同一包名填写了两次', en: 'A package name is given twice for one platform' },
          { zh: '请删除重复的一项。', en: 'Remove one of the two.' },
        ),

  'pre_approvals.distinct': (value) => {
    const kinds = keysOf(value, 'type', ({ type }) => String(type));
    if (kinds.length > 1 && kinds.includes('none')) {
      return breach(
        'pre_approvals.none_alone',
        'WX-FILING-LISTS',
        { zh: '选择“以上都不涉及”时不能再填写其他审批', en: '“None of these” cannot stand with an approval' },
        { zh: '请删除其中一项。', en: 'Remove one of them.' },
      );
    }
    return isDistinct(kinds)
      ? null
      : breach(
          'pre_approvals.distinct',
          'WX-FILING-LISTS',
          { zh: '同一审批类型填写了两次', en: 'One kind of approval is given twice' },
          { zh: '请合并为一项。', en: 'Join the two.' },
        );
  },
} satisfies Record<string, ListRule<CheckContext>>;
