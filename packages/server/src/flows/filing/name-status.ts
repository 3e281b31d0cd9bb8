import { isFault } from '@openbeian/model/fault';
import type { CodeReason } from '../code/code-reasons.ts';
import type { FlowDeps } from '../command/deps.ts';
import { findOwnerHere } from './recorded-elsewhere.ts';

/** What is on record under a name, and which filing a code would serve for it. */
export interface NameStatus {
  readonly domainName: string;
  readonly status: 'not_filed' | 'filed_here' | 'filed_here_other_account' | 'filed_elsewhere' | 'unknown';
  /** Which of first and add-site it is depends on the subject, which nobody has named yet. */
  readonly filing: 'first_or_add_site' | 'access' | 'move_account' | 'none' | null;
  readonly message: { readonly zh: string; readonly en: string };
}

const statusTexts = {
  not_filed: {
    filing: 'first_or_add_site',
    zh: '该域名尚未备案：可用此授权码办理首次备案或新增网站。',
    en: 'The name is not filed yet: a first filing, or adding a site to the subject.',
  },
  filed_here: {
    filing: 'none',
    zh: '该域名已在本账号、本接入商备案，无需再用授权码。',
    en: 'The domain is already filed with this provider under this account: no code is needed.',
  },
  filed_here_other_account: {
    filing: 'move_account',
    zh: '该域名已在本接入商的其他账号备案，需先迁移备案账号，不消耗授权码。',
    en: 'The domain is filed with this provider under another account. Move the filing first; no code is needed for that.',
  },
  filed_elsewhere: {
    filing: 'access',
    zh: '该域名已通过其他接入商备案：主体相同则办理接入备案。',
    en: 'The domain is filed through another provider: start an access filing if the organiser is the same.',
  },
  unknown: {
    filing: null,
    zh: '暂时无法向管局查询该域名的备案情况，授权码的判断不受影响，请稍后再查。',
    en: 'The authority cannot be asked about the name now. What is said of the code holds; ask again later.',
  },
} as const;

/** Looks a registrable name up here and at the authority; `reason` is set where a code would not help. */
export async function statusOfName(
  deps: FlowDeps,
  domainName: string,
  accountId: string,
): Promise<{ readonly nameStatus: NameStatus; readonly reason: CodeReason | null }> {
  const status = (await statusHere(deps, domainName, accountId)) ?? (await statusElsewhere(deps, domainName));
  const { filing, zh, en } = statusTexts[status];
  const message = { zh, en };
  const nameStatus = { domainName, status, filing, message };
  if (status !== 'filed_here' && status !== 'filed_here_other_account') return { nameStatus, reason: null };
  return { nameStatus, reason: { code: `name.${status}`, message, remedy: null, source: 'openbeian' } };
}

function statusHere(deps: FlowDeps, domainName: string, accountId: string): Promise<NameStatus['status'] | null> {
  return deps.store.transaction(async (tx) => {
    const owner = await findOwnerHere(tx, { provider: deps.provider, domainName });
    if (owner === null) return null;
    return owner.accountId === accountId ? 'filed_here' : 'filed_here_other_account';
  });
}

async function statusElsewhere(deps: FlowDeps, domainName: string): Promise<NameStatus['status']> {
  try {
    const status = await deps.authority.findStatus({ by: 'domain_name', domainName });
    if (status === null) return 'unknown';
    return status.filed ? 'filed_elsewhere' : 'not_filed';
  } catch (error) {
    if (isFault(error, 'authority.unreachable')) return 'unknown';
    throw error;
  }
}
