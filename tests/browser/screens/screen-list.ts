/** What the console shows to one person at one address, and the dialogs that open above it. */
export interface Screen {
  /** Of its pictures; unique. */
  readonly name: string;
  /** What is in braces is an id that the world of the screens knows. */
  readonly path: string;
  readonly dialogs: readonly DialogScreen[];
  /** Selects what differs from run to run beside ids, codes and sessions. */
  readonly unsteady: string | null;
}

interface DialogScreen {
  /** Of its pictures; unique. */
  readonly name: string;
  /** The button that opens it, by its text in either language, or the key. */
  readonly by: RegExp | string;
}

/** Screens by who signs in; `nobody` does not. */
type ScreensByLogin = Readonly<Record<string, readonly Screen[]>>;

const at = (name: string, path: string, ...dialogs: DialogScreen[]): Screen => ({
  name,
  path,
  dialogs,
  unsteady: null,
});
const unsteady = (screen: Screen, selector: string): Screen => ({ ...screen, unsteady: selector });
const opening = (name: string, by: RegExp | string): DialogScreen => ({ name, by });

/** Of those who are not signed in, and of customers. */
export const customerScreens: ScreensByLogin = {
  nobody: [
    at('sign-in', '/sign-in'),
    at('forgotten', '/forgotten'),
    at('link', '/link'),
    at('ticket', '/ticket'),
    at('host', '/host'),
    at('rules', '/rules'),
    at('terms', '/terms'),
    at('privacy', '/privacy'),
    at('help', '/help'),
    at('api-docs', '/api-docs'),
    at('not-found', '/nowhere'),
  ],
  xinghe: [
    at('overview', '/', opening('shortcuts', '?'), opening('search', '/')),
    at('resources', '/resources'),
    at('resource', '/resources/xy-web-1', opening('issue', /生成授权码|Create codes/)),
    at('resource-refused', '/resources/xy-no-ip'),
    at(
      'codes',
      '/codes',
      opening('issue-anywhere', /生成授权码|Create codes/),
      opening('grant', /更换授权账号|Reassign/),
      opening('repoint', /更换云资源|Move/),
      opening('reveal', /^查\s*看$|^Reveal$/),
      opening('revoke', /^撤\s*销$|^Revoke$/),
    ),
    at('filings', '/filings'),
    at('filing-start', '/filings/new'),
    at('prepare', '/filings/prepare'),
    at('filing-filed', '/filings/{filed}', opening('copy', /为其他域名备案|File another domain/)),
    at(
      'filing-draft',
      '/filings/{draft}',
      opening('bind', /选择云资源或授权码|Choose a resource or code/),
      opening('help-drawer', /相关帮助|Help$/),
    ),
    at('form-draft', '/filings/{draft}/form'),
    at('records', '/records', opening('act', /^办\s*理$|^Manage$/)),
    at('moves', '/moves', opening('begin-move', /发起迁移|Begin a move/)),
    at('contests', '/contests'),
    at('notices', '/notices'),
    at(
      'members',
      '/members',
      opening('invite-member', /邀请成员|Invite a member/),
      opening('right', /更改权限|Change right/),
    ),
    at('own-access', '/account'),
    at('api-keys', '/api-keys', opening('create-key', /新建密钥|Create key/)),
    at('webhooks', '/webhooks', opening('add-webhook', /添加地址|Add endpoint/)),
    at(
      'webhook',
      '/webhooks/{webhook}',
      opening('edit-webhook', /^修\s*改$|^Edit$/),
      opening('rotate-webhook', /更换签名密钥|Rotate signing secret/),
      opening('remove-webhook', /^删\s*除$|^Delete$/),
    ),
  ],
  ruoxi: [at('filing-returned', '/filings/{returned}'), at('form-returned', '/filings/{returned}/form')],
};

/** Of the provider's people. */
export const providerScreens: ScreensByLogin = {
  reviewer: [
    at('queue', '/review'),
    at(
      'review',
      '/review/{waiting}',
      opening('return', /驳回订单|Reject filing/),
      opening('reveal-form', /查看隐藏内容|Reveal hidden fields/),
      opening('review-keys', '?'),
    ),
    at('reviewer-filing', '/filings/{waiting}'),
    at('statistics', '/statistics'),
    at('month-report', '/statistics/month'),
  ],
  operator: [
    // Ports, keys, times since.
    unsteady(at('operations', '/operations'), '.operations-finding .wrap, .operations-parts strong'),
    at('operator-filings', '/filings', opening('reopen', /批量恢复超期关闭的订单|Reopen lapsed filings/)),
    at('operator-filing', '/filings/{filed}'),
    at('operator-resources', '/resources'),
    at('operator-codes', '/codes'),
    at(
      'operator-records',
      '/records',
      opening('demand', /提出核查要求|Demand a correction/),
      opening('cancel', /登记注销|Record a cancellation/),
    ),
    at('operator-contests', '/contests'),
    at('hand-entry', '/filings/{filed}/hand-entry'),
    at('rule-changes', '/rule-changes'),
    at('accounts', '/accounts', opening('support', /^客服访问$|^Support access$/)),
    at('people', '/people', opening('invite', /邀请用户|^Invite$/), opening('sessions', /\d 个会话|\d sessions/)),
    at('inventory', '/inventory'),
    at('authority', '/authority', opening('packages', /数据包|Packages/)),
    at('jobs', '/jobs'),
    // Ids of people, which nothing tells from words.
    unsteady(at('audit', '/audit'), 'main .mono, main a'),
    at('operator-notices', '/notices'),
  ],
  auditor: [at('auditor-people', '/people'), at('auditor-webhooks', '/webhooks')],
};
