import type { FaultCode } from '@openbeian/model/fault';
import * as accounts from './account/list-accounts.ts';
import { createApiKey } from './api-key/create-api-key.ts';
import { findApiKey } from './api-key/find-api-key.ts';
import { listApiKeys } from './api-key/list-api-keys.ts';
import { revokeApiKey } from './api-key/revoke-api-key.ts';
import { rotateApiKey } from './api-key/rotate-api-key.ts';
import { checkAuditChain, getAuditChain } from './audit/audit-chain.ts';
import { listAudit } from './audit/list-audit.ts';
import { recordRefusals } from './audit/record-refusals.ts';
import { enterAuthorityResult } from './authority/by-hand/enter-result.ts';
import { revealHandEntry } from './authority/by-hand/reveal-hand-entry.ts';
import { takeOverByHand } from './authority/by-hand/take-over.ts';
import * as lines from './authority/lines/list-lines.ts';
import { getAuthorityDocument, revealAuthorityDocument } from './authority/lines/open-document.ts';
import { resumeAuthorityLine, settleAuthorityCase } from './authority/lines/settle-case.ts';
import { settleAuthorityCases } from './authority/lines/settle-cases.ts';
import * as reconciliations from './authority/reconcile/list-reconciliations.ts';
import { repairDifference } from './authority/reconcile/repair-difference.ts';
import { checkPartnerResources } from './code/check-partner-resources.ts';
import { countCodes } from './code/count-codes.ts';
import { getCode } from './code/get-code.ts';
import { grantCode } from './code/grant-code.ts';
import { grantPartnerCodes } from './code/grant-partner-codes.ts';
import { issueCodes } from './code/issue-codes.ts';
import { listCodes } from './code/list-codes.ts';
import { listStoppingCodes } from './code/list-stopping-codes.ts';
import { queryPartnerCodes } from './code/query-partner-codes.ts';
import { queryPartnerResource } from './code/query-partner-resource.ts';
import { repointCode } from './code/repoint-code.ts';
import { revealCode } from './code/reveal-code.ts';
import { revokeCode } from './code/revoke-code.ts';
import { verifyCode } from './code/verify-code.ts';
import type { CommandCall, QueryCall } from './command/call.ts';
import type { FlowDeps } from './command/deps.ts';
import { contestFiling } from './contest/contest-filing.ts';
import { decideContest } from './contest/decide-contest.ts';
import { listContests } from './contest/list-contests.ts';
import { abandonFiling } from './filing/abandon-filing.ts';
import { askNameProof } from './filing/ask-name-proof.ts';
import { bindFiling } from './filing/bind-filing.ts';
import { checkFiling } from './filing/check-filing.ts';
import { checkNameProof } from './filing/check-name-proof.ts';
import { copyFiling } from './filing/copy-filing.ts';
import { correctFilingForm } from './filing/correct-filing-form.ts';
import { getFiling } from './filing/get-filing.ts';
import { getFilingForm } from './filing/get-filing-form.ts';
import { getOwnSubject } from './filing/get-own-subject.ts';
import * as lapses from './filing/lapse/reopen-filing.ts';
import * as filings from './filing/list-filings.ts';
import { listNatures } from './filing/list-natures.ts';
import { listPreparations } from './filing/list-preparations.ts';
import { readAppCertificate } from './filing/read-app-certificate.ts';
import { revealFilingForm } from './filing/reveal-filing-form.ts';
import { findFilingRoute } from './filing/route-filing.ts';
import { saveFilingForm } from './filing/save-filing-form.ts';
import { startFiling } from './filing/start-filing.ts';
import { startRecordFiling } from './filing/start-record-filing.ts';
import { submitFiling } from './filing/submit-filing.ts';
import { withdrawFiling } from './filing/withdraw-filing.ts';
import { listBlockedNames, reportBlockedNames } from './gate/blocked-names.ts';
import { explainHost } from './gate/explain-host.ts';
import { getGateChanges, getGateVersion } from './gate/get-gate-changes.ts';
import { getGateFile } from './gate/get-gate-file.ts';
import { getGateSnapshot } from './gate/get-gate-snapshot.ts';
import { listHelp } from './help/list-help.ts';
import * as jobs from './job/list-jobs.ts';
import { appendUpload } from './materials/append-upload.ts';
import { beginUpload } from './materials/begin-upload.ts';
import { completeUpload } from './materials/complete-upload.ts';
import { getUpload } from './materials/get-upload.ts';
import { listMaterials } from './materials/list-materials.ts';
import { openMaterial } from './materials/open-material.ts';
import { removeMaterial } from './materials/remove-material.ts';
import { writeLetter } from './materials/write-letter.ts';
import { getNoticeMail } from './notice/get-notice-mail.ts';
import { listNotices } from './notice/list-notices.ts';
import { markNoticesRead } from './notice/mark-notices-read.ts';
import { getNoticeChoice, putNoticeChoice } from './notice/own-notice-choice.ts';
import { putNoticeMail } from './notice/put-notice-mail.ts';
import { getOperations } from './operations/get-operations.ts';
import { reportGates } from './operations/report-processes.ts';
import { beginSupportAccess } from './person/begin-support-access.ts';
import { endSupportAccess } from './person/end-support-access.ts';
import * as links from './person/links.ts';
import { listSupportAccesses } from './person/list-support-accesses.ts';
import { listSupportViews } from './person/list-support-views.ts';
import * as members from './person/manage-members.ts';
import * as managed from './person/manage-people.ts';
import { beginOidcSignIn, signInWithOidc } from './person/oidc-sign-in.ts';
import * as ownAccess from './person/own-access.ts';
import * as ownFactors from './person/own-second-factor.ts';
import { endOwnTour, getOwnTour } from './person/own-tour.ts';
import { beginPasskeySignIn, signInWithPasskey } from './person/passkey-sign-in.ts';
import { recordSupportView } from './person/record-support-view.ts';
import { signIn } from './person/sign-in.ts';
import { signOut } from './person/sign-out.ts';
import { createSignInTicket, openTicket, signInWithTicket } from './person/tickets.ts';
import { beginMove } from './record/begin-move.ts';
import { cancelRecord } from './record/cancel-record.ts';
import { confirmMove } from './record/confirm-move.ts';
import { demandCorrection } from './record/demand-correction.ts';
import { endMove } from './record/end-move.ts';
import { listDemands } from './record/list-demands.ts';
import { listMoves } from './record/list-moves.ts';
import * as records from './record/list-records.ts';
import { searchRecords } from './record/search-records.ts';
import { useRecord } from './record/use-record.ts';
import { withdrawDemand } from './record/withdraw-demand.ts';
import { checkInventory } from './resource/check-inventory.ts';
import { compareFleet } from './resource/compare-fleet.ts';
import { compareInventory } from './resource/compare-inventory.ts';
import { countResources } from './resource/count-resources.ts';
import { getResource } from './resource/get-resource.ts';
import { listResources } from './resource/list-resources.ts';
import { putInventory } from './resource/put-inventory.ts';
import * as inventorySyncs from './resource/sync/inventory-syncs.ts';
import { answerFiling } from './review/answer-filing.ts';
import { askFiling } from './review/ask-filing.ts';
import { claimFiling } from './review/claim-filing.ts';
import { claimNextFiling } from './review/claim-next-filing.ts';
import { getDayStatistics } from './review/day-statistics.ts';
import { getReview } from './review/get-review.ts';
import { lapseFiling } from './review/lapse-filing.ts';
import { listReturnReasons } from './review/list-return-reasons.ts';
import { passFiling } from './review/pass-filing.ts';
import { recallFiling } from './review/recall-filing.ts';
import { recordCall } from './review/record-call.ts';
import { refreshLookUps } from './review/refresh-look-ups.ts';
import { releaseFiling } from './review/release-filing.ts';
import { returnFiling } from './review/return-filing.ts';
import * as reviewQueue from './review/review-queue.ts';
import { getReviewStatistics } from './review/review-statistics.ts';
import { tickChecks } from './review/tick-checks.ts';
import { getRuleBook } from './rules/get-rule-book.ts';
import { searchEverything } from './search/search-everything.ts';
import { decideVerification } from './verification/decide-verification.ts';
import { getVerification } from './verification/get-verification.ts';
import { startVerification } from './verification/start-verification.ts';
import { takeVerificationResult } from './verification/take-result.ts';
import { createWebhook } from './webhook/create-webhook.ts';
import { deleteWebhook } from './webhook/delete-webhook.ts';
import { listDeliveries } from './webhook/list-deliveries.ts';
import { countWebhooks, getWebhook, listWebhooks } from './webhook/list-webhooks.ts';
import { redeliver } from './webhook/redeliver.ts';
import { rotateWebhookSecret } from './webhook/rotate-webhook-secret.ts';
import { sendTestEvent } from './webhook/send-test-event.ts';
import { updateWebhook } from './webhook/update-webhook.ts';
import { countWorkFailures, listWorkFailures } from './work/list-work-failures.ts';
import { parkWork, retryParkedWork, retryWork } from './work/reschedule-work.ts';

export type { Actor } from './command/call.ts';
export type { FlowDeps } from './command/deps.ts';

type Flow<Call extends QueryCall, Input, Answer> = (deps: FlowDeps, call: Call, input: Input) => Promise<Answer>;
type Bound<F> = F extends (deps: FlowDeps, call: infer Call extends QueryCall, input: infer Input) => infer Answer
  ? unknown extends Input
    ? (call: Call) => Answer
    : (call: Call, input: Input) => Answer
  : never;

const table = {
  signIn,
  signOut,
  beginPasskeySignIn,
  signInWithPasskey,
  beginOidcSignIn,
  signInWithOidc,
  createSignInTicket,
  openTicket,
  signInWithTicket,
  openLink: links.openLink,
  useLink: links.useLink,
  requestPasswordReset: links.requestPasswordReset,
  getOwnAccess: ownAccess.getOwnAccess,
  changeOwnPassword: ownAccess.changeOwnPassword,
  putOwnMail: ownAccess.putOwnMail,
  listOwnSessions: ownAccess.listOwnSessions,
  endOwnSession: ownAccess.endOwnSession,
  endOtherSessions: ownAccess.endOtherSessions,
  beginTotp: ownFactors.beginTotp,
  confirmTotp: ownFactors.confirmTotp,
  removeTotp: ownFactors.removeTotp,
  renewRecoveryCodes: ownFactors.renewRecoveryCodes,
  beginPasskey: ownFactors.beginPasskey,
  addPasskey: ownFactors.addPasskey,
  removePasskey: ownFactors.removePasskey,
  getOwnTour,
  endOwnTour,
  listMembers: members.listMembers,
  inviteMember: members.inviteMember,
  createMemberLink: members.createMemberLink,
  changeMemberRight: members.changeMemberRight,
  removeMember: members.removeMember,
  listPeople: managed.listPeople,
  invitePerson: managed.invitePerson,
  createPersonLink: managed.createPersonLink,
  unlockPerson: managed.unlockPerson,
  changePersonRole: managed.changePersonRole,
  disablePerson: managed.disablePerson,
  enablePerson: managed.enablePerson,
  deletePerson: managed.deletePerson,
  resetSecondFactor: managed.resetSecondFactor,
  listPersonSessions: managed.listPersonSessions,
  endPersonSession: managed.endPersonSession,
  endPersonSessions: managed.endPersonSessions,
  putInventory,
  listInventorySyncs: inventorySyncs.listInventorySyncs,
  getHeldSync: inventorySyncs.getHeldSync,
  runInventorySync: inventorySyncs.runInventorySync,
  confirmInventorySync: inventorySyncs.confirmInventorySync,
  compareInventory,
  compareFleet,
  checkInventory,
  listAccounts: accounts.listAccounts,
  nameAccounts: accounts.nameAccounts,
  setAccountAgency: accounts.setAccountAgency,
  countAccounts: accounts.countAccounts,
  findAccounts: accounts.findAccounts,
  listResources,
  countResources,
  getResource,
  issueCodes,
  countCodes,
  listCodes,
  getCode,
  grantCode,
  repointCode,
  revokeCode,
  revealCode,
  verifyCode,
  createApiKey,
  listApiKeys,
  rotateApiKey,
  revokeApiKey,
  findApiKey,
  checkPartnerResources,
  issuePartnerCodes: issueCodes,
  grantPartnerCodes,
  queryPartnerCodes,
  queryPartnerResource,
  startFiling,
  findFilingRoute,
  startRecordFiling,
  listFilings: filings.listFilings,
  countFilings: filings.countFilings,
  getFiling,
  getFilingForm,
  getOwnSubject,
  listNatures,
  listPreparations,
  readAppCertificate,
  copyFiling,
  correctFilingForm,
  saveFilingForm,
  checkFiling,
  revealFilingForm,
  listMaterials,
  beginUpload,
  getUpload,
  appendUpload,
  completeUpload,
  removeMaterial,
  openMaterial,
  writeLetter,
  getVerification,
  startVerification,
  decideVerification,
  takeVerificationResult,
  askNameProof,
  checkNameProof,
  beginSupportAccess,
  endSupportAccess,
  listSupportAccesses,
  listSupportViews,
  contestFiling,
  listContests,
  decideContest,
  bindFiling,
  submitFiling,
  withdrawFiling,
  abandonFiling,
  claimFiling,
  claimNextFiling,
  getReviewStatistics,
  getDayStatistics,
  listBlockedNames,
  reportBlockedNames,
  askFiling,
  answerFiling,
  recordCall,
  getReview,
  tickChecks,
  listReviewQueue: reviewQueue.listReviewQueue,
  countReviewQueue: reviewQueue.countReviewQueue,
  refreshLookUps,
  releaseFiling,
  passFiling,
  returnFiling,
  recallFiling,
  revealHandEntry,
  takeOverByHand,
  enterAuthorityResult,
  listAuthorityLines: lines.listAuthorityLines,
  listAuthorityPackages: lines.listAuthorityPackages,
  listAuthorityFiles: lines.listAuthorityFiles,
  listAuthorityCases: lines.listAuthorityCases,
  getAuthorityDocument,
  revealAuthorityDocument,
  settleAuthorityCase,
  settleAuthorityCases,
  resumeAuthorityLine,
  startReconciliation: reconciliations.startReconciliation,
  callOffReconciliation: reconciliations.callOffReconciliation,
  listReconciliations: reconciliations.listReconciliations,
  listDifferences: reconciliations.listDifferences,
  repairDifference,
  lapseFiling,
  reopenFiling: lapses.reopenFiling,
  listLapsedFilings: lapses.listLapsedFilings,
  reopenLapsedFilings: lapses.reopenLapsedFilings,
  listReturnReasons,
  listRecords: records.listRecords,
  countRecords: records.countRecords,
  cancelRecord,
  useRecord,
  beginMove,
  confirmMove,
  endMove,
  listMoves,
  demandCorrection,
  listDemands,
  withdrawDemand,
  searchRecords,
  listAudit,
  getAuditChain,
  checkAuditChain,
  recordRefusals,
  recordSupportView,
  listJobs: jobs.listJobs,
  countJobs: jobs.countJobs,
  searchEverything,
  listHelp,
  getRuleBook,
  explainHost,
  getGateSnapshot,
  getGateVersion,
  getGateChanges,
  getGateFile,
  listWebhooks,
  countWebhooks,
  getWebhook,
  createWebhook,
  updateWebhook,
  rotateWebhookSecret,
  deleteWebhook,
  sendTestEvent,
  listDeliveries,
  redeliver,
  listNotices,
  markNoticesRead,
  getNoticeMail,
  putNoticeMail,
  getNoticeChoice,
  putNoticeChoice,
  listWorkFailures,
  countWorkFailures,
  retryParkedWork,
  retryWork,
  parkWork,
  listStoppingCodes,
  reportGates,
  getOperations,
};

export type FlowTable = { readonly [Id in keyof typeof table]: Bound<(typeof table)[Id]> };

/** All commands and queries, tied to what they need from outside; named as the operations of the contract. */
export function createFlows(deps: FlowDeps): FlowTable {
  const bound = Object.entries(table).map(([id, flow]) => {
    // The union of all flows has no one type of call; a caller by id passes what FlowTable declares for that id.
    const run = flow as Flow<CommandCall, never, unknown>;
    return [id, (call: CommandCall, input: never) => run(deps, call, input)];
  });
  // fromEntries forgets which keys there are.
  return Object.fromEntries(bound) as FlowTable;
}

/** What each flow declares; for the test that holds the contract to it. */
export const declaredFaults: Readonly<Record<string, readonly FaultCode[]>> = Object.fromEntries(
  Object.entries(table).flatMap(([id, flow]) => ('faults' in flow ? [[id, flow.faults]] : [])),
);

/** Which of them may be read from a replica. */
export const mayLag: readonly string[] = Object.entries(table).flatMap(([id, flow]) =>
  'mayLag' in flow && flow.mayLag ? [id] : [],
);
