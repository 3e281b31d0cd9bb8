/**
 * What the ledger of filing codes should do, told once more in the plainest way: numbers in memory, days as integers, no
 * line shared with the product. The model-based test compares the product with this after every step.
 */
export interface Rule {
  /** One ledger for codes and direct filings (Alibaba), or two (Tencent). */
  readonly shared: boolean;
  readonly limit: number;
  readonly batchMaximum: number;
  readonly minimumDaysLeft: number | null;
  readonly returnedOnRevoke: boolean;
  readonly repointable: boolean;
  /** Whether anybody may use a code that was granted to nobody; otherwise only its issuer may. */
  readonly bearer: boolean;
  /** Whether the place of a direct filing comes back when its record is cancelled; that of a used code never does. */
  readonly directReturnedOnCancel: boolean;
  readonly enterpriseOnly: boolean;
}
export interface Server {
  readonly rule: Rule;
  readonly owner: string;
  prepaid: boolean;
  boughtOn: number;
  expiresOn: number;
  hasIp: boolean;
  codesSpent: number;
  directSpent: number;
}
export interface Code {
  server: Server;
  grantee: string | null;
  state: 'unused' | 'bound' | 'used' | 'revoked';
}
const minimumTermDays = 92;

export const remainingOf = (server: Server, use: 'issue' | 'file'): number => {
  const { rule, codesSpent, directSpent } = server;
  return rule.limit - (rule.shared ? codesSpent + directSpent : use === 'issue' ? codesSpent : directSpent);
};

/** Why the codes of a server are not usable today. */
export function lapses(server: Server, today: number): string[] {
  const reasons = new Set<string>();
  if (!server.hasIp || !server.prepaid) reasons.add('code.resource_ineligible');
  if (server.prepaid) {
    const daysLeft = server.expiresOn - today;
    if (daysLeft < 0) reasons.add('code.resource_expired');
    if (server.rule.minimumDaysLeft !== null && daysLeft < server.rule.minimumDaysLeft)
      reasons.add('code.remaining_term_too_short');
    if (server.expiresOn - server.boughtOn < minimumTermDays) reasons.add('code.resource_ineligible');
  }
  return [...reasons].sort();
}

export const stateOf = (code: Code, today: number): string =>
  code.state === 'unused' && lapses(code.server, today).length > 0 ? 'suspended' : code.state;

/** The reasons against `account` using the code. */
export function against(code: Code, account: string, today: number): string[] {
  const { grantee, server, state } = code;
  const mayKnow = account === server.owner || account === grantee || (grantee === null && server.rule.bearer);
  if (!mayKnow) return ['code.unknown'];
  if (state === 'used' || state === 'revoked') return [`code.${state}`];
  return [...(state === 'bound' ? ['code.bound'] : []), ...lapses(server, today)].sort();
}

const mayIssue = (server: Server, realName: string, today: number): boolean =>
  lapses(server, today).length === 0 &&
  (!server.rule.enterpriseOnly || realName === 'enterprise') &&
  remainingOf(server, 'issue') > 0;

/** `issued`, or the fault that is expected. */
export function issue(server: Server, count: number, realName: string, today: number): string {
  if (count > server.rule.batchMaximum) return 'input.invalid';
  if (!mayIssue(server, realName, today)) return 'resource.not_eligible';
  if (remainingOf(server, 'issue') < count) return 'quota.exhausted';
  server.codesSpent += count;
  return 'issued';
}

export function revoke(code: Code): string {
  if (code.state !== 'unused') return 'code.wrong_state';
  code.state = 'revoked';
  if (code.server.rule.returnedOnRevoke) code.server.codesSpent -= 1;
  return 'done';
}

export function repoint(code: Code, to: Server, realName: string, today: number): string {
  const from = code.server;
  if (code.state !== 'unused') return 'code.wrong_state';
  if (to === from) return 'done';
  if (to.owner !== from.owner) return 'object.not_found';
  if (to.rule !== from.rule || !from.rule.repointable) return 'code.not_repointable';
  if (!mayIssue(to, realName, today)) return 'resource.not_eligible';
  from.codesSpent -= 1;
  to.codesSpent += 1;
  code.server = to;
  return 'done';
}

/** The record of a filing that was made with a code, or directly on the server, is cancelled. */
export function cancel(server: Server, withCode: boolean): void {
  if (!withCode && server.rule.directReturnedOnCancel) server.directSpent -= 1;
}

/** May somebody of this real name open a filing at all, before any server or code is looked at? */
export const open = (realName: string): string => (realName === 'none' ? 'account.not_verified' : 'done');

export function takeDirectly(server: Server, today: number): string {
  if (lapses(server, today).length > 0 || remainingOf(server, 'file') <= 0) return 'resource.not_eligible';
  server.directSpent += 1;
  return 'done';
}
