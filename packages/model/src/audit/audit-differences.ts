/** Where the audit differs from its seals, for people; rows by their id and time. */
export const auditDifferenceTexts = {
  changed: (row: string) => ({ zh: `记录 ${row} 被修改`, en: `row ${row} was changed` }),
  added: (row: string) => ({ zh: `记录 ${row} 是事后添加的`, en: `row ${row} was added later` }),
  words_changed: (row: string) => ({
    zh: `记录 ${row} 中所写的文字缺失、被改动或无法解密`,
    en: `what was said in row ${row} is missing, was changed, or no key opens it`,
  }),
  missing: (after: string, before: string) => ({
    zh: `${after} 与 ${before} 之间缺少记录`,
    en: `a row between ${after} and ${before} is missing`,
  }),
  seal_missing: { zh: '此封印缺失', en: 'this seal is missing' },
  seal_changed: { zh: '此封印被修改', en: 'this seal was changed' },
  seal_forged: {
    zh: '此封印不是用本部署的密钥生成的（或其密钥已不在密钥文件中）',
    en: 'this seal was not made with a key of this deployment (or its key is no longer in the key file)',
  },
  clearing_forged: {
    zh: '该日的清除记录不是由本部署按保留期限作出的，或与封印不符：记录是被人删除的',
    en: 'the clearing of this day was not made by this deployment’s policy, or does not fit the seals: rows were deleted by hand',
  },
} as const;
