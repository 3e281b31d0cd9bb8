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

/** What is filed (网站, APP, 小程序). */
export const serviceKinds = ['website', 'app', 'mini_program'] as const;
export type ServiceKind = (typeof serviceKinds)[number];

/** Nature of the organiser (单位性质); ids of the authority's table in docs/sources.md `ISP-V3`. */
export const subjectKinds = ['individual', 'enterprise', 'institution', 'government', 'society'] as const;
export type SubjectKind = (typeof subjectKinds)[number];
