import * as apiKeys from './api-keys.ts';
import type { CommandCall, QueryCall } from './call.ts';
import { cancelRecord } from './cancel-record.ts';
import * as codes from './codes.ts';
import type { FlowDeps } from './deps.ts';
import * as form from './filing-form.ts';
import * as steps from './filing-steps.ts';
import * as gate from './gate.ts';
import { bindFiling } from './holding.ts';
import * as inventory from './inventory.ts';
import { issueCodes } from './issue-codes.ts';
import * as resources from './list-resources.ts';
import * as mail from './mail-notices.ts';
import * as notices from './notices.ts';
import * as oversight from './oversight.ts';
import * as partner from './partner-codes.ts';
import * as records from './records.ts';
import * as review from './review.ts';
import { startFiling } from './start-filing.ts';
import { listStoppingCodes } from './stopping-codes.ts';
import { verifyCode } from './verify-code.ts';
import * as deliveries from './webhooks/deliveries.ts';
import * as webhooks from './webhooks/manage.ts';

export type { Actor } from './call.ts';
export type { FlowDeps } from './deps.ts';

type Flow<Call extends QueryCall, Input, Answer> = (deps: FlowDeps, call: Call, input: Input) => Promise<Answer>;
type Bound<F> = F extends (deps: FlowDeps, call: infer Call extends QueryCall, input: infer Input) => infer Answer
  ? unknown extends Input
    ? (call: Call) => Answer
    : (call: Call, input: Input) => Answer
  : never;

const table = {
  putInventory: inventory.putInventory,
  checkInventory: inventory.checkInventory,
  listAccounts: oversight.listAccounts,
  listResources: resources.listResources,
  getResource: resources.getResource,
  issueCodes,
  countCodes: codes.countCodes,
  listCodes: codes.listCodes,
  getCode: codes.getCode,
  grantCode: codes.grantCode,
  repointCode: codes.repointCode,
  revokeCode: codes.revokeCode,
  revealCode: codes.revealCode,
  verifyCode,
  createApiKey: apiKeys.createApiKey,
  listApiKeys: apiKeys.listApiKeys,
  rotateApiKey: apiKeys.rotateApiKey,
  revokeApiKey: apiKeys.revokeApiKey,
  findApiKey: apiKeys.findApiKey,
  checkPartnerResources: partner.checkPartnerResources,
  issuePartnerCodes: issueCodes,
  grantPartnerCodes: partner.grantPartnerCodes,
  queryPartnerCodes: partner.queryPartnerCodes,
  queryPartnerResource: partner.queryPartnerResource,
  startFiling,
  listFilings: steps.listFilings,
  getFiling: steps.getFiling,
  getFilingForm: form.getFilingForm,
  saveFilingForm: form.saveFilingForm,
  checkFiling: form.checkFiling,
  revealFilingForm: form.revealFilingForm,
  bindFiling,
  submitFiling: steps.submitFiling,
  withdrawFiling: steps.withdrawFiling,
  abandonFiling: steps.abandonFiling,
  passFiling: review.passFiling,
  returnFiling: review.returnFiling,
  recallFiling: review.recallFiling,
  lapseFiling: review.lapseFiling,
  listReturnReasons: review.listReturnReasons,
  listRecords: records.listRecords,
  cancelRecord,
  searchRecords: records.searchRecords,
  listAudit: oversight.listAudit,
  listJobs: oversight.listJobs,
  listHelp: oversight.listHelp,
  explainHost: gate.explainHost,
  getGateSnapshot: gate.getGateSnapshot,
  getGateVersion: gate.getGateVersion,
  getGateChanges: gate.getGateChanges,
  getGateFile: gate.getGateFile,
  listWebhooks: webhooks.listWebhooks,
  createWebhook: webhooks.createWebhook,
  updateWebhook: webhooks.updateWebhook,
  rotateWebhookSecret: webhooks.rotateWebhookSecret,
  deleteWebhook: webhooks.deleteWebhook,
  sendTestEvent: deliveries.sendTestEvent,
  listDeliveries: deliveries.listDeliveries,
  redeliver: deliveries.redeliver,
  listNotices: notices.listNotices,
  markNoticesRead: notices.markNoticesRead,
  getNoticeMail: mail.getNoticeMail,
  putNoticeMail: mail.putNoticeMail,
  listStoppingCodes,
};

export type FlowTable = { readonly [Id in keyof typeof table]: Bound<(typeof table)[Id]> };

/** All commands and queries, tied to what they need from outside; named as the operations of the contract. */
export function createFlows(deps: FlowDeps): FlowTable {
  const bound = Object.entries(table).map(([id, flow]) => {
    const run = flow as Flow<CommandCall, never, unknown>;
    return [id, (call: CommandCall, input: never) => run(deps, call, input)];
  });
  return Object.fromEntries(bound) as FlowTable;
}
