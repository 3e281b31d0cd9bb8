import type { OperationId, Operations } from '@openbeian/contract';

/** What answers are made of and what commands change. */
type Noun =
  | 'account'
  | 'api_key'
  | 'audit'
  | 'code'
  | 'filing'
  | 'gate'
  | 'job'
  | 'notice'
  | 'notice_mail'
  | 'record'
  | 'resource'
  | 'webhook'
  /** Nothing that a command changes. */
  | 'fixed';

export type CommandId = {
  [Id in OperationId]: Operations[Id]['command'] extends true ? Id : never;
}[OperationId];
type QueryId = Exclude<OperationId, CommandId>;

/** What each query's answer is made of. A new operation without a row here or below does not pass the type check. */
const readBy: Readonly<Record<QueryId, readonly Noun[]>> = {
  getDeployment: ['fixed'],
  signIn: ['fixed'],
  getSession: ['fixed'],
  signOut: ['fixed'],
  checkInventory: ['fixed'],
  listHelp: ['fixed'],
  listReturnReasons: ['fixed'],
  listAccounts: ['account'],
  countAccounts: ['account'],
  // What is left of a resource's quota goes with the codes and filings on it.
  listResources: ['resource', 'code', 'filing'],
  countResources: ['resource', 'code', 'filing'],
  getResource: ['resource', 'code', 'filing'],
  checkPartnerResources: ['resource', 'code', 'filing'],
  // A code is suspended where its resource does not qualify, and bound and used by filings.
  listCodes: ['code', 'resource', 'filing'],
  countCodes: ['code', 'resource', 'filing'],
  getCode: ['code', 'resource', 'filing'],
  verifyCode: ['code', 'resource', 'filing', 'record'],
  listStoppingCodes: ['code', 'resource', 'filing'],
  queryPartnerCodes: ['code', 'resource', 'filing'],
  queryPartnerResource: ['code', 'resource', 'filing'],
  listFilings: ['filing'],
  countFilings: ['filing'],
  getFiling: ['filing'],
  getFilingForm: ['filing'],
  checkFiling: ['filing'],
  listRecords: ['record'],
  countRecords: ['record'],
  listAudit: ['audit'],
  listJobs: ['job'],
  countJobs: ['job'],
  listWorkFailures: ['job'],
  explainHost: ['gate'],
  getGateSnapshot: ['gate'],
  getGateChanges: ['gate'],
  getGateFile: ['gate'],
  listApiKeys: ['api_key'],
  listWebhooks: ['webhook'],
  listDeliveries: ['webhook'],
  listNotices: ['notice'],
  getNoticeMail: ['notice_mail'],
};

/** What each command changes, beside its audit row. */
const changedBy: Readonly<Record<CommandId, readonly Noun[]>> = {
  putInventory: ['account', 'resource', 'notice'],
  issueCodes: ['code'],
  issuePartnerCodes: ['code'],
  grantCode: ['code'],
  grantPartnerCodes: ['code'],
  repointCode: ['code'],
  revokeCode: ['code'],
  revealCode: [],
  startFiling: ['filing'],
  saveFilingForm: ['filing'],
  revealFilingForm: [],
  bindFiling: ['filing', 'code'],
  submitFiling: ['filing', 'code'],
  withdrawFiling: ['filing', 'code'],
  abandonFiling: ['filing', 'code', 'gate'],
  // Handed over by a job; an access filing is served from then on.
  passFiling: ['filing', 'job', 'gate'],
  returnFiling: ['filing'],
  recallFiling: ['filing', 'gate'],
  lapseFiling: ['filing', 'code', 'gate'],
  cancelRecord: ['record', 'filing', 'code', 'gate'],
  retryWork: ['job'],
  parkWork: ['job'],
  createApiKey: ['api_key'],
  rotateApiKey: ['api_key'],
  revokeApiKey: ['api_key'],
  createWebhook: ['webhook'],
  updateWebhook: ['webhook'],
  rotateWebhookSecret: ['webhook'],
  deleteWebhook: ['webhook', 'notice'],
  sendTestEvent: ['webhook'],
  redeliver: ['webhook'],
  markNoticesRead: ['notice'],
  putNoticeMail: ['notice_mail'],
};

/** Must this query be asked again after that command? Keys of queries begin with the operation's id. */
export function isTouched(queryKey: readonly unknown[], command: CommandId): boolean {
  const [id] = queryKey;
  const reads = typeof id === 'string' ? Object.entries(readBy).find(([query]) => query === id)?.[1] : undefined;
  if (reads === undefined) return false;
  const changed: readonly Noun[] = [...changedBy[command], 'audit'];
  return reads.some((noun) => changed.includes(noun));
}
