import type { Words } from '../../language/words.ts';

export const apiKeyWords = {
  apiKey: {
    title: { zh: 'API 密钥', en: 'API keys' },
    staffLead: {
      zh: '客户自己的程序所用的密钥。密钥内容不会显示；可能泄露或被滥用的可以吊销。',
      en: 'Keys that customers’ own programs use. Secrets are never shown; revoke a key that may have leaked or is misused.',
    },
    lead: {
      zh: '用于从您的程序调用 API。密钥只拥有所选权限；不再使用时请吊销。',
      en: 'Call the API from your own programs. A key has only the scopes you select; revoke it when you no longer need it.',
    },
    create: { zh: '新建密钥', en: 'Create key' },
    name: { zh: '名称', en: 'Name' },
    nameHint: { zh: '说明用途，例如“工单系统”', en: 'What it is used for, such as “ticket system”' },
    scopes: { zh: '权限范围', en: 'Scopes' },
    scopesRequired: { zh: '请至少选择一项', en: 'Select at least one' },
    scope: {
      'resources:read': { zh: '查看云资源', en: 'View resources' },
      'codes:read': { zh: '查看授权码', en: 'View codes' },
      'codes:verify': { zh: '核验授权码', en: 'Verify codes' },
      'codes:issue': { zh: '生成授权码', en: 'Create codes' },
      'codes:grant': { zh: '授权给其他账号', en: 'Grant codes' },
      'codes:revoke': { zh: '撤销授权码', en: 'Revoke codes' },
      'codes:reveal': { zh: '查看完整授权码', en: 'Reveal codes' },
      'filings:read': { zh: '查看备案订单', en: 'View filings' },
      'filings:write': { zh: '发起、填写备案，上传材料', en: 'Start and fill in filings, upload materials' },
      'filings:submit': {
        zh: '提交、撤回、放弃备案，答复审核',
        en: 'Submit, withdraw, discard filings; answer reviews',
      },
      'filings:reveal': { zh: '查看完整个人信息和材料图片', en: 'Reveal personal fields and materials' },
      'records:read': { zh: '查看备案记录', en: 'View filing records' },
      'records:use': { zh: '一键接入已有备案', en: 'Use a record on another resource' },
    },
    lifetime: { zh: '有效期', en: 'Valid for' },
    lifetimes: {
      30: { zh: '30 天', en: '30 days' },
      90: { zh: '90 天', en: '90 days' },
      365: { zh: '一年', en: 'One year' },
      never: { zh: '永久有效', en: 'Never expires' },
    },
    createdTitle: { zh: '密钥已创建', en: 'Key created' },
    rotatedTitle: { zh: '新密钥已生效', en: 'Key rotated' },
    once: {
      zh: '完整密钥仅显示一次，请立即复制并妥善保存。调用 API 时放在请求头 Authorization: Bearer 之后。',
      en: 'The key is shown only once. Copy it now and store it safely. Send it in the Authorization: Bearer header.',
    },
    noMatch: { zh: '没有符合条件的密钥', en: 'No key matches' },
    state: { zh: '状态', en: 'Status' },
    states: {
      active: { zh: '有效', en: 'Active' },
      expired: { zh: '已过期', en: 'Expired' },
      revoked: { zh: '已吊销', en: 'Revoked' },
    },
    createdAt: { zh: '创建时间', en: 'Created' },
    createdOn: (at: string) => ({ zh: `创建于 ${at}`, en: `Created ${at}` }),
    expiresAt: { zh: '到期时间', en: 'Expires' },
    never: { zh: '不过期', en: 'Never' },
    lastUsedAt: { zh: '最近使用', en: 'Last used' },
    neverUsed: { zh: '从未使用', en: 'Never used' },
    empty: { zh: '暂无 API 密钥', en: 'No API keys yet' },
    emptyHint: {
      zh: '需要通过程序办理备案或管理授权码时，请新建密钥。',
      en: 'Create one when a program is to make filings or manage codes.',
    },
    staffEmptyHint: {
      zh: '客户在自己的控制台创建密钥后，显示在这里。',
      en: 'Keys that customers create in their own console appear here.',
    },
    rotateTitle: { zh: '轮换密钥', en: 'Rotate the key' },
    rotateLead: (name: string) => ({
      zh: `将为“${name}”生成新密钥。过渡期内新旧密钥均有效，便于替换。`,
      en: `A new key is created for “${name}”. Both keys work for the time you choose, so that you can replace the old one.`,
    }),
    revoke: { zh: '吊销', en: 'Revoke' },
    revokeTitle: { zh: '确定吊销该密钥？', en: 'Revoke this key?' },
    revokeLead: (name: string) => ({
      zh: `“${name}”将立即失效，使用该密钥的程序将无法调用 API。吊销后不可恢复。`,
      en: `“${name}” stops working immediately, and programs that use it are refused. This cannot be undone.`,
    }),
  },
} satisfies Words;
