import type { HelpText } from './help-text.ts';

/** What people ask about signing in, other people, notices and programs. */
export const accountHelp: readonly HelpText[] = [
  {
    id: 'sign-in-help',
    topics: ['page:account'],
    zh: {
      title: '忘记密码、无法登录、手机丢失怎么办？',
      body: '在登录页点击“忘记密码”，按邮件中的链接重设；未填写邮箱或平台不发送邮件的，请联系运营人员生成一次性链接（1 小时内有效）。验证器手机丢失的，用恢复码登录，再到“账号与安全”重新设置；没有恢复码的，请运营人员重置两步验证。修改密码后其他会话会结束。',
    },
    en: {
      title: 'I forgot my password, cannot sign in or lost my phone. What do I do?',
      body: 'Choose “Forgot password” when you sign in and follow the emailed link. Without an email address, or where no email is sent, ask an operator for a one-time link, valid for an hour. If you lost the phone with your authenticator app, sign in with a recovery code and set the app up again under “Account and security”; without one, ask an operator to reset the second factor. A new password ends your other sessions.',
    },
    asked: {
      zh: [
        '登录',
        '忘记密码',
        '修改密码',
        '密码',
        '登录不了',
        '两步验证',
        '验证器',
        '通行密钥',
        '恢复码',
        '换手机登录',
      ],
      en: [
        'login',
        'sign in',
        'forgot password',
        'password',
        'cannot log in',
        'two-factor',
        'passkey',
        'recovery code',
        'authenticator',
      ],
    },
    source: ['openbeian'],
  },
  {
    id: 'invite-people',
    topics: ['page:people', 'page:members', 'page:account'],
    zh: {
      title: '怎样邀请同事？各角色能做什么？',
      body: '客户账号由所有者在“成员”页面邀请，接入商人员由运营人员在“人员”页面邀请；受邀人用一次性链接（72 小时内有效）自行设置密码，请不要共用用户名。\n- 客户账号：所有者可进行全部操作；经办人办理备案、使用授权码，不能管理成员、API 密钥、Webhook、备案迁移和通知邮箱；查看者只能查看。每个账号至少保留一名所有者。\n- 接入商：审核员初审；运营人员管理人员、资源清单、管局线路和后台任务；审计员只能查看。\n离职的请移除或停用，其会话和创建的 API 密钥随即失效。',
    },
    en: {
      title: 'How do I invite a colleague, and what may each role do?',
      body: 'An owner of a customer’s account invites them under “Members”; the provider’s own people are invited by an operator under “People”. They set their own password by a one-time link, valid for 72 hours; do not share user names.\n- In a customer’s account an owner does everything; a filer files and uses codes, but does not manage members, API keys, webhooks, moves of records or notification addresses; a viewer only looks. Each account keeps at least one owner.\n- At the provider, reviewers review; operators manage people, inventories, lines to authorities and jobs; auditors only read.\nRemove or disable whoever leaves: their sessions and the API keys they created end at once.',
    },
    asked: {
      zh: [
        '子账号',
        '同事',
        '邀请',
        '邀请同事',
        '添加用户',
        '权限',
        '角色',
        '员工离职',
        '停用用户',
        '人员',
        '成员',
        '所有者',
        '经办人',
        '查看者',
      ],
      en: [
        'invitation',
        'invite',
        'colleague',
        'add a user',
        'permissions',
        'roles',
        'people',
        'disable a user',
        'members',
        'owner',
        'viewer',
      ],
    },
    source: ['openbeian'],
  },
  {
    id: 'program-events',
    topics: ['page:webhooks', 'page:codes'],
    zh: {
      title: '授权码和备案的变动怎样通知程序？有哪些事件？',
      body: '在“Webhook”添加 https 地址，选择事件。授权码：生成、授权、更换云资源、绑定、解除绑定、已使用、撤销、备案注销、即将失效、暂停、恢复。备案订单和备案记录的每一步也有事件。\n- 请求带签名，请先验证；同一授权码的事件按顺序送达。\n- 失败会重试，可能重复：以 webhook-id 去重。\n- 事件不含个人信息，授权码只有末几位。\n一直失败的地址会停用，修复后在该页恢复并重发。',
    },
    en: {
      title: 'How are my programs told about codes and filings, and which events are there?',
      body: 'Add an https endpoint under “Webhooks” and choose events. Codes: created, granted, moved, bound, released, used, revoked, filing cancelled, about to expire, suspended, reactivated. Every step of filings and records has an event too.\n- Requests are signed: verify them first. Events of one code arrive in order.\n- Failures are retried and may repeat: tell repetitions by webhook-id.\n- Events hold no personal data, and only the last characters of a code.\nAn endpoint that keeps failing is paused; resume it on its page when it is repaired.',
    },
    asked: {
      zh: ['事件', '授权码事件', '事件通知', '事件订阅', '回调', '推送', '签名', '重复事件'],
      en: ['webhook', 'events', 'code events', 'callback', 'signature', 'duplicate events'],
    },
    source: ['openbeian'],
  },
  {
    id: 'api-keys',
    topics: ['page:api-keys'],
    zh: {
      title: 'API 密钥怎样创建、更换和吊销？',
      body: '在“API 密钥”新建，选择所需的权限和有效期；完整密钥只显示一次，放在请求头 Authorization: Bearer 之后。更换时使用“轮换”：过渡期内新旧密钥都有效。泄露或不再使用的请立即吊销。',
    },
    en: {
      title: 'How do I create, replace and revoke an API key?',
      body: 'Create it under “API keys” with only the scopes it needs and a lifetime. The whole key is shown once; send it after “Authorization: Bearer”. To replace it, rotate it: both keys work for a transition period. Revoke at once what leaked or is unused.',
    },
    asked: {
      zh: ['密钥', '接口密钥', '令牌', '轮换密钥', '吊销密钥'],
      en: ['API key', 'token', 'rotate a key', 'revoke a key', 'scopes'],
    },
    source: ['openbeian'],
  },
  {
    id: 'contest-name',
    topics: ['page:contests', 'reason:route.filed_here_other_account'],
    zh: {
      title: '域名或证件被其他账号占用，怎样申诉？',
      body: '发起备案时提示域名或证件属于其他账号的，可以就地提出申诉并说明理由，由运营人员核实双方材料后处理。在“我的申诉”查看进度和处理说明。申诉成立的，对方进行中的订单会被退回；已有的备案记录按迁移或注销办理。',
    },
    en: {
      title: 'Another account holds my domain or certificate. How do I contest that?',
      body: 'When you start a filing and are told that another account has the domain or certificate, contest it there with your reasons. An operator verifies both sides. See progress and decision under “My contests”. If you are right, the other account’s filing in progress is returned; a record that exists is moved or cancelled.',
    },
    asked: {
      zh: ['申诉', '争议', '域名被占用', '证件被占用', '别人用了我的域名'],
      en: ['contest', 'dispute', 'appeal', 'domain taken by another account'],
    },
    source: ['openbeian'],
  },
];
