/** The filings there are (备案类型), as `openbeian route` names them. */
export const filingKinds = [
  'first',
  'access',
  'add_site_here',
  'add_site_elsewhere',
  'change_filing',
  'change_site',
  'cancel_subject',
  'cancel_site',
  'cancel_access',
  'move_account',
] as const;
export type FilingKind = (typeof filingKinds)[number];

/** Filings that open a service and spend quota; the others change or end what stands. */
export const openingKinds = ['first', 'access', 'add_site_here', 'add_site_elsewhere'] as const satisfies FilingKind[];
export type OpeningKind = (typeof openingKinds)[number];

/** What a cancellation strikes: the subject with all its services, one service, or one provider's access to it. */
export const cancellationScopes = ['subject', 'service', 'access'] as const;
export type CancellationScope = (typeof cancellationScopes)[number];

/** What is filed (网站, APP, 小程序). */
export const serviceKinds = ['website', 'app', 'mini_program'] as const;
export type ServiceKind = (typeof serviceKinds)[number];

/** Nature of the organiser (单位性质); ids of the authority's table in docs/sources.md `ISP-V3`. */
export const subjectKinds = ['individual', 'enterprise', 'institution', 'government', 'society'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

export const filingKindNames: Record<FilingKind, { readonly zh: string; readonly en: string }> = {
  first: { zh: '首次备案', en: 'First filing' },
  access: { zh: '接入备案', en: 'Access filing' },
  add_site_here: { zh: '新增网站（原备案在本接入商）', en: 'Add a site (subject filed here)' },
  add_site_elsewhere: { zh: '新增网站（原备案不在本接入商）', en: 'Add a site (subject filed elsewhere)' },
  change_filing: { zh: '变更备案', en: 'Change the filing' },
  change_site: { zh: '变更网站', en: 'Change a site' },
  cancel_subject: { zh: '注销主体', en: 'Cancel the subject' },
  cancel_site: { zh: '注销网站', en: 'Cancel a site' },
  cancel_access: { zh: '取消接入', en: 'Cancel access' },
  move_account: { zh: '迁移备案账号', en: 'Move to another account' },
};
