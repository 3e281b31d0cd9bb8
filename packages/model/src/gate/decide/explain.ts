import type { GateReason } from './decide.ts';

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
    message: { zh: '该域名已备案，并由本接入商接入。', en: 'The name is filed, with us as an access provider.' },
    next: null,
  },
  exempt_provider_name: {
    message: {
      zh: '这是接入商自有的域名，访问它不需要客户另行备案。',
      en: 'This is a name of the provider itself; customers need no filing for it.',
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
      en: 'The address was used directly: there is no name whose filing could be looked up.',
    },
    next: null,
  },
  grace: {
    message: {
      zh: '该域名有备案号，接入备案已通过初审，在管局审核期间可以访问。',
      en: 'The name has a number and its access filing passed our review: it is served while the authority decides.',
    },
    next: {
      zh: '请按时完成短信核验，接入备案完成前不要放弃订单。',
      en: 'Confirm the SMS verification in time and let the access filing run to its end.',
    },
  },
  unfiled: {
    message: {
      zh: '该域名没有备案，暂不能在本接入商的中国内地网络访问。',
      en: 'The name is not filed, so it is not served from our mainland network.',
    },
    next: {
      zh: '域名所有者请登录控制台发起备案，取得备案号后即可访问；刚取得备案号的，稍后再试。',
      en: 'Its owner can start a filing in the console; the name opens with its number. If it has just got one, try again shortly.',
    },
  },
  access_missing: {
    message: {
      zh: '该域名已有备案号，但没有由本接入商接入。',
      en: 'The name has a number, but we are not an access provider of it.',
    },
    next: {
      zh: '域名所有者请在控制台办理接入备案，通过初审后即可访问，备案号不变。',
      en: 'Its owner can make an access filing in the console; the name opens after our review and keeps its number.',
    },
  },
  cancelled: {
    message: { zh: '该域名的备案已注销。', en: 'The filing of this name has been cancelled.' },
    next: {
      zh: '注销不可恢复，域名所有者请在控制台重新备案。',
      en: 'That cannot be undone: its owner can file the name anew in the console.',
    },
  },
  suspended: {
    message: { zh: '按管局要求，该域名的访问已暂停。', en: 'By order of the authority, this name is suspended.' },
    next: {
      zh: '域名所有者请按收到的通知整改，并联系接入商客服核实后恢复；对决定有异议的，可向管局申诉。',
      en: 'Its owner should fix what the notice names and ask our support to verify it; an objection goes to the authority.',
    },
  },
  blacklisted: {
    message: {
      zh: '该域名已列入管局黑名单，不能在中国内地网络访问。',
      en: 'The authority has blacklisted this name: it cannot be served from the mainland.',
    },
    next: {
      zh: '列入黑名单的证件和网站名称不能再次备案；有异议的，可向管局申诉。',
      en: 'A blacklisted certificate or site name cannot be filed again; an objection goes to the authority.',
    },
  },
  malformed_host: {
    message: { zh: '请求的主机名不是有效的域名。', en: 'The host that was asked for is no valid name.' },
    next: { zh: '请检查网址是否输入正确。', en: 'Check the address for typing mistakes.' },
  },
  no_snapshot: {
    message: {
      zh: '暂时没有备案数据，无法判断该域名能否访问。',
      en: 'No filing data has arrived yet, so this name cannot be judged.',
    },
    next: {
      zh: '请稍后再试；运营人员请检查网关与控制面的连接。',
      en: 'Try again shortly; operators should look at the gate’s link to the control plane.',
    },
  },
  snapshot_too_old: {
    message: { zh: '备案数据已过期，无法判断该域名能否访问。', en: 'The filing data is too old to judge this name.' },
    next: {
      zh: '请稍后再试；运营人员请检查网关与控制面的连接。',
      en: 'Try again shortly; operators should look at the gate’s link to the control plane.',
    },
  },
} as const satisfies Record<GateReason, GateExplanation>;

/** The texts of a reason, for the block page, the console and `explain`. They name nobody and nothing personal. */
export function explainGateReason(reason: GateReason): GateExplanation {
  return explanations[reason];
}
