import type { Words } from '../../language/words.ts';

export const apiKeyWords = {
  apiKey: {
    title: { zh: 'API 密钥', en: 'API keys' },
    lead: {
      zh: '让您自己的程序代替您调用接口。每个密钥只能做勾选的事；不用时请吊销。',
      en: 'Let your own programs call the API for you. A key can do only what is ticked; revoke it when it is no longer needed.',
    },
    create: { zh: '新建密钥', en: 'New key' },
    name: { zh: '名称', en: 'Name' },
    nameHint: { zh: '写明用在哪里，例如“工单系统”', en: 'Where it is used, e.g. “ticket system”' },
    scopes: { zh: '允许做的事', en: 'What it may do' },
    scopesRequired: { zh: '请至少勾选一项', en: 'Tick at least one' },
    scope: {
      'resources:read': { zh: '查看云资源', en: 'See resources' },
      'codes:read': { zh: '查看授权码', en: 'See codes' },
      'codes:verify': { zh: '核验授权码', en: 'Verify codes' },
      'codes:issue': { zh: '签发授权码', en: 'Issue codes' },
      'codes:grant': { zh: '授予授权码', en: 'Grant codes' },
      'codes:revoke': { zh: '撤销授权码', en: 'Revoke codes' },
      'codes:reveal': { zh: '再次查看完整授权码', en: 'See whole codes again' },
    },
    lifetime: { zh: '有效期', en: 'Valid for' },
    lifetimes: {
      30: { zh: '30 天', en: '30 days' },
      90: { zh: '90 天', en: '90 days' },
      365: { zh: '一年', en: 'One year' },
      never: { zh: '不设期限', en: 'No end' },
    },
    accountLabel: { zh: '给哪个账号', en: 'For which account' },
    createdTitle: { zh: '密钥已建好', en: 'The key is ready' },
    rotatedTitle: { zh: '新密钥已生效', en: 'The new key is in force' },
    once: {
      zh: '完整密钥只显示这一次，请立即复制并妥善保存。调用接口时放在请求头 Authorization: Bearer 之后。',
      en: 'The whole key is shown this once. Copy it now and keep it safe. Requests carry it after Authorization: Bearer.',
    },
    state: { zh: '状态', en: 'State' },
    states: {
      active: { zh: '有效', en: 'Active' },
      expired: { zh: '已过期', en: 'Expired' },
      revoked: { zh: '已吊销', en: 'Revoked' },
    },
    createdAt: { zh: '创建时间', en: 'Created' },
    createdOn: (at: string) => ({ zh: `创建于 ${at}`, en: `Made ${at}` }),
    expiresAt: { zh: '到期时间', en: 'Expires' },
    never: { zh: '不过期', en: 'Never' },
    lastUsedAt: { zh: '最近使用', en: 'Last used' },
    neverUsed: { zh: '从未使用', en: 'Never used' },
    empty: { zh: '还没有 API 密钥', en: 'No API keys yet' },
    emptyHint: {
      zh: '需要让程序查询、签发或核验授权码时，再新建一个。',
      en: 'Make one when a program is to list, issue or verify codes.',
    },
    rotateTitle: { zh: '轮换密钥', en: 'Rotate the key' },
    rotateLead: (name: string) => ({
      zh: `为“${name}”生成新密钥。过渡期内新旧密钥都能用，便于替换。`,
      en: `“${name}” gets a new key. For a while both work, so that you can replace the old one.`,
    }),
    revoke: { zh: '吊销', en: 'Revoke' },
    revokeTitle: { zh: '吊销这个密钥？', en: 'Revoke this key?' },
    revokeLead: (name: string) => ({
      zh: `“${name}”立即失效，正在使用它的程序会被拒绝。吊销后不能恢复。`,
      en: `“${name}” ends at once; programs that use it are refused. This cannot be undone.`,
    }),
  },
} satisfies Words;
