import type { Words } from '../../language/words.ts';

export const nameProofWords = {
  proof: {
    title: { zh: '域名所有权', en: 'Domain ownership' },
    lead: {
      zh: '可选。验证后，其他账号不能抢先提交该域名的备案；不验证也可以提交订单。',
      en: 'Optional. Once the domain is proven, no other account can submit a filing of it before you. You can submit without.',
    },
    ask: { zh: '获取验证记录', en: 'Get the record' },
    check: { zh: '验证', en: 'Verify' },
    done: { zh: '域名所有权已验证', en: 'The domain is proven' },
    proven: (until: string) => ({ zh: `已验证，有效期至 ${until}`, en: `Proven until ${until}` }),
    type: { zh: '记录类型', en: 'Record type' },
    host: { zh: '主机记录', en: 'Host' },
    value: { zh: '记录值', en: 'Value' },
    until: (until: string) => ({
      zh: `请在域名的 DNS 中添加此记录后点击“验证”。记录值 ${until} 前有效，只能使用一次。`,
      en: `Add this record to the domain’s DNS, then choose “Verify”. The value is good until ${until}, for one proof.`,
    }),
    ownContests: { zh: '查看我的申诉', en: 'My contests' },
    contest: { zh: '域名或证件被他人占用？', en: 'Does another account hold the domain or certificate?' },
  },
} satisfies Words;
