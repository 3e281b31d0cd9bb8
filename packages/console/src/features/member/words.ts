import type { Words } from '../../language/words.ts';

export const memberWords = {
  member: {
    title: { zh: '成员', en: 'Members' },
    lead: {
      zh: '可登录本账号的人员，以及各自的权限。受邀人员通过一次性链接自行设置密码。',
      en: 'People who sign in to this account, and what each may do. Invited people set their own password with a one-time link.',
    },
    empty: { zh: '暂无成员', en: 'No members yet' },
    name: { zh: '姓名', en: 'Name' },
    login: { zh: '用户名', en: 'User name' },
    loginHint: {
      zh: '2 到 50 个小写字母、数字、点、连字符或下划线',
      en: '2 to 50 lower-case letters, digits, dots, hyphens or underscores',
    },
    mail: { zh: '邮箱（选填，用于发送链接）', en: 'Email (optional, to send the link)' },
    mailShort: { zh: '邮箱', en: 'Email' },
    rightName: { zh: '权限', en: 'Right' },
    rightHints: {
      owner: {
        zh: '全部操作，包括管理成员、API 密钥、Webhook、备案迁移和通知邮箱',
        en: 'Everything, including members, API keys, webhooks, moves of records and notification addresses',
      },
      filer: { zh: '办理备案、使用授权码，查看全部内容', en: 'Files, uses filing codes and sees everything' },
      viewer: {
        zh: '只能查看；看不到完整授权码、个人信息和材料图片',
        en: 'Looks only; whole codes, personal data and pictures of materials stay hidden',
      },
    },
    state: { zh: '状态', en: 'Status' },
    states: {
      invited: { zh: '待设置密码', en: 'Invited' },
      active: { zh: '正常', en: 'Active' },
      disabled: { zh: '已移除', en: 'Removed' },
    },
    lastSignIn: { zh: '最近登录', en: 'Last sign-in' },
    self: { zh: '您', en: 'You' },
    invite: { zh: '邀请成员', en: 'Invite a member' },
    link: { zh: '重新发送邀请', en: 'Send again' },
    change: { zh: '更改权限', en: 'Change right' },
    changeTitle: (name: string) => ({ zh: `更改“${name}”的权限`, en: `Change the right of ${name}` }),
    changeSelf: {
      zh: '更改后，您将不能再管理成员和 API 密钥；恢复须由另一名所有者操作。',
      en: 'You will no longer manage members and API keys. Another owner can change it back.',
    },
    changeToViewer: {
      zh: '该成员创建的 API 密钥将立即吊销。',
      en: 'The API keys this member created are revoked immediately.',
    },
    remove: { zh: '移除', en: 'Remove' },
    removeTitle: (name: string) => ({ zh: `移除成员“${name}”？`, en: `Remove ${name}?` }),
    removeLead: {
      zh: '该成员不能再登录，登录会话立即结束，其创建的 API 密钥立即吊销。恢复须联系运营人员。',
      en: 'The member can no longer sign in, their sessions end and the API keys they created are revoked immediately. Only an operator can undo this.',
    },
  },
} satisfies Words;
