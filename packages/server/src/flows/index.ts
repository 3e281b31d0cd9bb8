import type { FaultCode } from '@openbeian/model/fault';
import * as apiKeys from './api-key/api-keys.ts';
import * as codes from './code/codes.ts';
import { issueCodes } from './code/issue-codes.ts';
import * as partner from './code/partner-codes.ts';
import { listStoppingCodes } from './code/stopping-codes.ts';
import { verifyCode } from './code/verify-code.ts';
import type { CommandCall, QueryCall } from './command/call.ts';
import type { FlowDeps } from './command/deps.ts';
import { abandonFiling } from './filing/abandon-filing.ts';
import { bindFiling } from './filing/bind-filing.ts';
import { checkFiling } from './filing/check-filing.ts';
import { getFiling } from './filing/get-filing.ts';
import { getFilingForm } from './filing/get-filing-form.ts';
import { listFilings } from './filing/list-filings.ts';
import { revealFilingForm } from './filing/reveal-filing-form.ts';
import { saveFilingForm } from './filing/save-filing-form.ts';
import { startFiling } from './filing/start-filing.ts';
import { submitFiling } from './filing/submit-filing.ts';
import { withdrawFiling } from './filing/withdraw-filing.ts';
import * as gate from './gate/gate.ts';
import * as mail from './notice/mail-notices.ts';
import * as notices from './notice/notices.ts';
import { cancelRecord } from './record/cancel-record.ts';
import { listRecords } from './record/list-records.ts';
import { searchRecords } from './record/search-records.ts';
import * as inventory from './resource/inventory.ts';
import * as resources from './resource/list-resources.ts';
import { lapseFiling } from './review/lapse-filing.ts';
import { listReturnReasons } from './review/list-return-reasons.ts';
import { passFiling } from './review/pass-filing.ts';
import { recallFiling } from './review/recall-filing.ts';
import { returnFiling } from './review/return-filing.ts';
import * as oversight from './upkeep/oversight.ts';
import * as deliveries from './webhook/deliveries.ts';
import * as webhooks from './webhook/manage.ts';

export type { Actor } from './command/call.ts';
export type { FlowDeps } from './command/deps.ts';

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
  listFilings,
  getFiling,
  getFilingForm,
  saveFilingForm,
  checkFiling,
  revealFilingForm,
  bindFiling,
  submitFiling,
  withdrawFiling,
  abandonFiling,
  passFiling,
  returnFiling,
  recallFiling,
  lapseFiling,
  listReturnReasons,
  listRecords,
  cancelRecord,
  searchRecords,
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

/** What each flow declares; for the test that holds the contract to it. */
export const declaredFaults: Readonly<Record<string, readonly FaultCode[]>> = Object.fromEntries(
  Object.entries(table).flatMap(([id, flow]) => ('faults' in flow ? [[id, flow.faults]] : [])),
);
