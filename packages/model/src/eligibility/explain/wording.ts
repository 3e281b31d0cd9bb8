import type { Period } from '@openbeian/model/calendar';
import type { Quota } from '@openbeian/model/quota';
import type { Billing, RealName } from '../inventory.ts';
import type { Bilingual, PackageAmounts, Term } from '../reason.ts';

export const billingNames: Readonly<Record<Billing, Bilingual>> = {
  prepaid: { zh: '包年包月', en: 'prepaid' },
  pay_as_you_go: { zh: '按量计费', en: 'pay-as-you-go' },
  package: { zh: '资源包', en: 'a package' },
  contract: { zh: '线下合同', en: 'a contract' },
};

export const realNameNames: Readonly<Record<RealName, Bilingual>> = {
  none: { zh: '未实名', en: 'not verified' },
  individual: { zh: '个人', en: 'an individual' },
  enterprise: { zh: '企业', en: 'an enterprise' },
  institution: { zh: '事业单位', en: 'a public institution' },
  government: { zh: '政府机关', en: 'a government body' },
  society: { zh: '社会团体', en: 'a social organisation' },
};

export const scopeNames: Readonly<Record<Quota['scope'], Bilingual>> = {
  instance: { zh: '实例', en: 'instance' },
  ip: { zh: '个 IP', en: 'IP' },
  order: { zh: '笔订单', en: 'order' },
  package: { zh: '个资源包', en: 'package' },
  account: { zh: '个账号', en: 'account' },
  subject: { zh: '个主体', en: 'organiser' },
};

export function renewUntil(until: string | null): Bilingual {
  return until === null
    ? { zh: '请续费。', en: 'Renew the resource.' }
    : { zh: `请续费，使到期日不早于 ${until}。`, en: `Renew the resource so that it does not expire before ${until}.` };
}

export function otherResource({ scope }: Quota): Bilingual {
  return scope === 'account' || scope === 'package'
    ? {
        zh: '名额按账号累计，请换用其他类型的可备案资源。',
        en: 'This quota is counted per account. Use another type of eligible resource.',
      }
    : { zh: '请换用或新购其他符合条件的资源。', en: 'Use another eligible resource, or buy one.' };
}

export function needed({ period, strict }: Term): Bilingual {
  const text = periodText(period);
  return strict
    ? { zh: `应超过 ${text.zh}`, en: `more than ${text.en}` }
    : { zh: `应不少于 ${text.zh}`, en: `at least ${text.en}` };
}

export function periodText({ months, days }: Period): Bilingual {
  const zh = [months > 0 ? `${months} 个月` : '', days > 0 || months === 0 ? `${days} 天` : ''];
  const en = [months > 0 ? counted(months, 'month') : '', days > 0 || months === 0 ? counted(days, 'day') : ''];
  return { zh: zh.filter(Boolean).join(' '), en: en.filter(Boolean).join(' and ') };
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

export function amountsText({ invocations, gbSeconds }: PackageAmounts): Bilingual {
  const zh = [];
  const en = [];
  if (invocations !== null) {
    zh.push(`${zhAmount(invocations)}${invocations < tenThousandsFrom ? ' ' : ''}次调用`);
    en.push(`${enAmount(invocations)} calls`);
  }
  if (gbSeconds !== null) {
    zh.push(`${zhAmount(gbSeconds)} GBs 资源用量`);
    en.push(`${enAmount(gbSeconds)} GBs`);
  }
  return zh.length === 0 ? { zh: '', en: '' } : { zh: `（${zh.join('、')}）`, en: ` (${en.join(', ')})` };
}

/** From here on amounts are said in 万, as the clouds' price lists say them. */
const tenThousandsFrom = 1000;

/** Never with an exponent, however small. */
function zhAmount(amount: number): string {
  return amount < tenThousandsFrom ? decimal(amount, 'zh-CN', false) : `${decimal(amount / 10_000, 'zh-CN', false)} 万`;
}

function enAmount(amount: number): string {
  return decimal(amount, 'en-US', true);
}

function decimal(amount: number, locale: string, useGrouping: boolean): string {
  return amount.toLocaleString(locale, { maximumFractionDigits: 12, useGrouping });
}

export function yuan(amount: number): string {
  return amount.toFixed(2);
}
