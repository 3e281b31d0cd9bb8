/** Who looks for a group first: whoever files, or the provider's own people. */
type HelpReader = 'everybody' | 'provider';

/** Help texts that belong together, in reading order. */
export interface HelpGroup {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly reader: HelpReader;
  /** Ids of its texts, those asked most first. */
  readonly texts: readonly string[];
}

const group = (
  id: string,
  { zh, en, reader = 'everybody' }: { zh: string; en: string; reader?: HelpReader },
  texts: string,
): HelpGroup => ({ id, zh, en, reader, texts: texts.split(/\s+/) });

/** Every help text in exactly one group, in the order of a filing's way. */
export const helpGroups: readonly HelpGroup[] = [
  group(
    'before',
    { zh: '备案之前', en: 'Before you file' },
    'why-file filing-free before-buying no-server site-without-server hosted-elsewhere name-without-site filing-before-site outside-the-mainland internal-domain platform-domain mail-only port-protocol sub-domain domain-suffix',
  ),
  group(
    'types',
    { zh: '备案类型', en: 'Filing types' },
    'which-kind access-filing change-or-cancel subject-changed second-hand-domain other-account sites-per-filing cdn-number app-backend app-fingerprint mini-program shop-filing',
  ),
  group(
    'form',
    { zh: '填写与材料', en: 'Details and materials' },
    'materials file-for-others certificate-types principal-legal holder-mismatch site-name individual-content province-differences identity-check choose-resource',
  ),
  group(
    'review',
    { zh: '审核与短信核验', en: 'Review and SMS verification' },
    'sms-verification review-call returned-filing site-during-filing approved-still-blocked notices contest-name',
  ),
  group(
    'after',
    { zh: '备案之后', en: 'After the filing' },
    'filing-numbers footer-number police-filing number-no-expiry periodic-check message-changed release-server ip-differs domain-expired shell-record number-why-cancelled number-not-restorable cancelled-still-shown query-empty blacklisted',
  ),
  group('gate', { zh: '网站被阻断', en: 'Blocked sites' }, 'blocked-site find-the-block'),
  group(
    'codes',
    { zh: '备案授权码', en: 'Filing codes' },
    'code-what code-how-to-get code-not-compulsory code-one-site code-reuse code-suspended code-over-for-good code-not-restorable code-not-for-sale individual-without-code quota-used-up',
  ),
  group(
    'resources',
    { zh: '云资源', en: 'Resources' },
    'conditions-met-but-refused bought-term first-order resource-expired reconfigured trial-resource not-running not-owner load-balancer-address product-carries-no-filing cannot-be-decided host-login container-environment serverless-package serverless-ip',
  ),
  group(
    'account',
    { zh: '账号、人员与程序', en: 'Accounts, people and programs' },
    'sign-in-help invite-people filing-api api-keys program-events',
  ),
  group(
    'provider',
    { zh: '接入商工作人员', en: 'For the provider’s people', reader: 'provider' },
    'review-work accounts-page inventory-import operations-page background-jobs audit-log authority-line reconciliation',
  ),
];
