import { nameKindOf } from '@openbeian/model/domain-name';
import type { GateDecision, GateReason } from './decide.ts';

interface Text {
  readonly zh: string;
  readonly en: string;
}

/** What a decision means, and what the owner of the name can do; `next` is null where there is nothing to do. */
export interface GateExplanation {
  readonly message: Text;
  readonly next: Text | null;
}

const explanations = {
  filed_here: {
    message: {
      zh: '该域名已备案，并由本接入商接入。',
      en: 'The domain is filed, and this provider is its access provider.',
    },
    next: null,
  },
  exempt_provider_name: {
    message: {
      zh: '这是接入商自有的域名，访问它不需要客户另行备案。',
      en: 'This domain belongs to the provider itself; customers need no filing for it.',
    },
    next: null,
  },
  exempt_region: {
    message: {
      zh: '该服务在中国内地以外，不需要备案。',
      en: 'This service runs outside the Chinese mainland: no filing is needed.',
    },
    next: null,
  },
  exempt_ip_literal: {
    message: {
      zh: '直接用 IP 地址访问，没有域名可查备案。',
      en: 'The site was accessed by IP address: there is no domain whose filing could be looked up.',
    },
    next: null,
  },
  grace: {
    message: {
      zh: '该域名有备案号，接入备案已通过初审，在管局审核期间可以访问。',
      en: 'The domain has a filing number and its access filing passed the provider’s review: it is served while the authority reviews it.',
    },
    next: {
      zh: '请按时完成短信核验，接入备案完成前不要放弃订单。',
      en: 'Complete the SMS verification in time, and do not discard the access filing before it is complete.',
    },
  },
  filed_elsewhere: {
    message: {
      zh: '该域名有备案号，经其他接入商备案；加速、防护等服务只要求域名有有效的备案号，可以访问。',
      en: 'The domain has a number, filed through another provider. A CDN or another service in front of the site only requires a valid number: it is served.',
    },
    next: {
      zh: '源站在内地的，源站的接入商须为该备案的接入商。',
      en: 'If the origin server is in the mainland, its provider must be an access provider of the record.',
    },
  },
  unfiled: {
    message: {
      zh: '该域名没有备案，暂不能在本接入商的中国内地网络访问。',
      en: 'The domain is not filed, so this provider’s mainland network does not serve it.',
    },
    next: {
      zh: '域名所有者请登录控制台发起备案，取得备案号后即可访问；刚取得备案号的，稍后再试。',
      en: 'The owner can start a filing in the console; the domain can be served when the filing number is issued. If it was issued only now, try again shortly.',
    },
  },
  access_missing: {
    message: {
      zh: '该域名已有备案号，但没有由本接入商接入。',
      en: 'The domain has a filing number, but this provider is not its access provider.',
    },
    next: {
      zh: '域名所有者请在控制台办理接入备案，通过初审后即可访问，备案号不变。',
      en: 'The owner can start an access filing in the console; the domain can be served after the provider’s review and keeps its filing number.',
    },
  },
  cancelled: {
    message: { zh: '该域名的备案已注销。', en: 'The filing of this domain has been cancelled.' },
    next: {
      zh: '注销不可恢复，域名所有者请在控制台重新备案。',
      en: 'This cannot be undone. The owner can file the domain again in the console.',
    },
  },
  suspended: {
    message: {
      zh: '按管局要求，该域名的访问已暂停。',
      en: 'By order of the authority, access to this domain is suspended.',
    },
    next: {
      zh: '域名所有者请按收到的通知整改，并联系接入商客服核实后恢复；对决定有异议的，可向管局申诉。',
      en: 'The owner should fix the issues listed in the notice, then ask the provider’s support to verify this. To object, contact the authority.',
    },
  },
  blacklisted: {
    message: {
      zh: '该域名已列入管局黑名单，不能在中国内地网络访问。',
      en: 'The authority has blacklisted this domain: it cannot be served from the mainland.',
    },
    next: {
      zh: '列入黑名单的证件和网站名称不能再次备案；有异议的，可向管局申诉。',
      en: 'A blacklisted certificate or site name cannot be filed again. To object, contact the authority.',
    },
  },
  malformed_host: {
    message: { zh: '请求的主机名不是有效的域名。', en: 'The requested host name is not a valid domain.' },
    next: { zh: '请检查网址是否输入正确。', en: 'Check the address for mistakes.' },
  },
  no_snapshot: {
    message: {
      zh: '暂时没有备案数据，无法判断该域名能否访问。',
      en: 'There is no filing data yet, so access to this domain cannot be decided.',
    },
    next: {
      zh: '请稍后再试；运营人员请检查网关与控制面的连接。',
      en: 'Try again shortly; operators should look at the gate’s link to the control plane.',
    },
  },
  snapshot_too_old: {
    message: {
      zh: '备案数据已过期，无法判断该域名能否访问。',
      en: 'The filing data is too old to decide access to this domain.',
    },
    next: {
      zh: '请稍后再试；运营人员请检查网关与控制面的连接。',
      en: 'Try again shortly; operators should look at the gate’s link to the control plane.',
    },
  },
} as const satisfies Record<GateReason, GateExplanation>;

const internalName: Text = {
  zh: '这是内部网络使用的名称，不能注册，也无法备案：对外提供服务请使用已注册的域名，只在内网使用的无需经过本接入商。',
  en: 'This is a name of an internal network: it cannot be registered or filed. For a public service use a registered domain; inside a network of your own it need not pass this provider.',
};
const platformName: Text = {
  zh: '该名称属于平台的域名，由平台持有，您无法为它备案：请绑定自己注册的域名并备案。',
  en: 'This name is below a domain of a platform, which owns it: you cannot file it. Bind a domain that you have registered, and file that.',
};

/**
 * The texts of a decision, for the block page, the console and `explain`. They name nobody and nothing personal. A name that
 * nobody can file, or not its user, is not told to file.
 */
export function explainGateDecision({
  reason,
  host,
}: Pick<GateDecision, 'reason' | 'host'>): GateExplanation & { readonly canBeFiled: boolean } {
  const name = reason === 'unfiled' ? nameKindOf(host) : null;
  const explained = { ...explanations[reason], canBeFiled: true };
  if (name?.kind === 'internal') return { ...explained, next: internalName, canBeFiled: false };
  if (name !== null && name.platform !== null) return { ...explained, next: platformName, canBeFiled: false };
  return explained;
}
