/** Everything in which the provider’s books and the authority’s can differ about one record. */
export const differenceKinds = [
  'missing_there',
  'cancelled_there',
  'in_force_there',
  'missing_here',
  'number_differs',
  'holder_differs',
  'certificate_differs',
  'service_name_differs',
  'domain_differs',
  'access_missing_there',
  'access_only_there',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** What has been done about a difference. */
export const differenceStates = ['open', 'sent', 'case', 'seen'] as const;
export type DifferenceState = (typeof differenceStates)[number];

/** What an operator can do about a difference. */
export const repairs = ['take_over', 'send_again', 'open_case', 'seen'] as const;
export type Repair = (typeof repairs)[number];

interface Text {
  readonly zh: string;
  readonly en: string;
}

export interface DifferenceText extends Text {
  /** How to fix it. */
  readonly remedy: Text;
}

export const differenceTexts = {
  missing_there: {
    zh: '本系统有此备案，管局没有',
    en: 'On record here, not at the authority',
    remedy: {
      zh: '采信管局：本系统注销该备案。重新报送：管局仍有该主体的，作为新增网站，否则作为新增备案再报一次，管局会给新的备案号。',
      en: 'Take over: the record ends here. Send again: it is filed again, as another site where the authority still has the organiser, and gets a new number.',
    },
  },
  cancelled_there: {
    zh: '管局已注销，本系统仍有效',
    en: 'Cancelled at the authority, in force here',
    remedy: {
      zh: '采信管局：本系统注销该备案，域名随即阻断。重新报送：管局仍有该主体的，作为新增网站，否则作为新增备案再报一次，管局会给新的备案号。',
      en: 'Take over: the record ends here, and its name is blocked. Send again: it is filed again, as another site where the authority still has the organiser, and gets a new number.',
    },
  },
  in_force_there: {
    zh: '本系统已注销，管局仍有效',
    en: 'Cancelled here, in force at the authority',
    remedy: {
      zh: '采信管局：本系统恢复该备案。重新报送：向管局报送注销。',
      en: 'Take over: the record is in force here again. Send again: its cancellation is sent to the authority.',
    },
  },
  missing_here: {
    zh: '管局有此备案及本企业的接入，本系统没有',
    en: 'The authority has it with our access; it is not on record here',
    remedy: {
      zh: '采信管局：登记到指定账号。',
      en: 'Take over: it is entered for the account that you name.',
    },
  },
  number_differs: {
    zh: '备案号不一致',
    en: 'The number differs',
    remedy: {
      zh: '采信管局：本系统改用管局的备案号。备案号由管局给出，不能报送。',
      en: 'Take over: the authority’s number is used here. Numbers are the authority’s to give and cannot be sent.',
    },
  },
  holder_differs: {
    zh: '主体名称不一致',
    en: 'The organiser’s name differs',
    remedy: {
      zh: '采信管局：本系统改用管局的名称。重新报送：向管局报送变更。',
      en: 'Take over: the authority’s name is used here. Send again: a change is sent to the authority.',
    },
  },
  certificate_differs: {
    zh: '主体证件号码不一致',
    en: 'The organiser’s certificate number differs',
    remedy: {
      zh: '采信管局：本系统改用管局的证件号码。重新报送：向管局报送变更。',
      en: 'Take over: the authority’s certificate is used here. Send again: a change is sent to the authority.',
    },
  },
  service_name_differs: {
    zh: '网站名称不一致',
    en: 'The site’s name differs',
    remedy: {
      zh: '采信管局：本系统改用管局的名称。重新报送：向管局报送变更。',
      en: 'Take over: the authority’s name is used here. Send again: a change is sent to the authority.',
    },
  },
  domain_differs: {
    zh: '域名不一致',
    en: 'The domain name differs',
    remedy: {
      zh: '采信管局：本系统改用管局的域名，原域名随即阻断。重新报送：向管局报送变更。',
      en: 'Take over: the authority’s name is used here, and the former one is blocked. Send again: a change is sent to the authority.',
    },
  },
  access_missing_there: {
    zh: '本系统有本企业的接入，管局没有',
    en: 'Our access is live here and missing at the authority',
    remedy: {
      zh: '采信管局：本系统结束该接入。重新报送：向管局报送新增接入，需要备案密码。',
      en: 'Take over: the access ends here. Send again: the access is sent to the authority, which wants the filing password.',
    },
  },
  access_only_there: {
    zh: '管局有本企业的接入，本系统没有',
    en: 'The authority has an access of ours that is not live here',
    remedy: {
      zh: '采信管局：本系统恢复该接入。重新报送：向管局报送取消接入。',
      en: 'Take over: the access is live here again. Send again: its end is sent to the authority.',
    },
  },
} as const satisfies Record<DifferenceKind, DifferenceText>;

export const repairTexts = {
  take_over: { zh: '采信管局', en: 'Take over the authority’s word' },
  send_again: { zh: '重新报送', en: 'Send ours again' },
  open_case: { zh: '转为待处理事项', en: 'Open a case' },
  seen: { zh: '已知晓', en: 'Mark as seen' },
} as const satisfies Record<Repair, Text>;

/** Nothing is sent of what the interface has no upload for, or of what is not on record here. */
const notSent: readonly DifferenceKind[] = ['missing_here', 'number_differs'];

/** What can be done about differences of a kind. */
export const repairsOf = (kind: DifferenceKind): readonly Repair[] =>
  notSent.includes(kind) ? repairs.filter((repair) => repair !== 'send_again') : repairs;

/** What a run could not judge yet, by numbers of records. */
export interface Unjudged {
  readonly waiting: number;
  readonly uncarried: number;
  readonly unsaid: number;
}

/** Says what a run could not judge yet; null: nothing. */
export function unjudgedText({ waiting, uncarried, unsaid }: Unjudged): Text | null {
  const parts: readonly (readonly [number, string, string])[] = [
    [waiting, `正在管局办理 ${waiting} 条`, `${waiting} with the authority now`],
    [
      uncarried,
      `接口不含的 APP、小程序等 ${uncarried} 个`,
      `${uncarried} apps and the like, which the interface does not carry`,
    ],
    [
      unsaid,
      `主体、证件和接入尚未由管局下发、仅比对域名和备案号 ${unsaid} 条`,
      `${unsaid} by domain name and number only, since the authority has not delivered organiser, certificate and access`,
    ],
  ];
  const counted = parts.filter(([count]) => count > 0);
  if (counted.length === 0) return null;
  return {
    zh: `尚未判断：${counted.map(([, zh]) => zh).join('；')}`,
    en: `Not judged yet: ${counted.map(([, , en]) => en).join('; ')}`,
  };
}
