import type { OperationId } from '@openbeian/contract';
import { fictionalCompany } from '@openbeian/model/fictional';
import type { Objects } from './matrix-objects.ts';
import { password, whoSignsIn } from './matrix-people.ts';

interface MatrixRequest {
  /** Besides those that the objects have by the same name. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: object;
}

/**
 * What a customer is told about another's object, where that is not `object.not_found`: the operation says so in its answer
 * (it is let through, and no word of the other's is in it), or names the object in its body.
 */
export const foreignAnswers: Partial<Record<OperationId, string>> = {
  issuePartnerCodes: 'object.not_found',
  grantPartnerCodes: 'code.not_usable',
  createApiKey: 'auth.forbidden',
};

/** What staff is told about a customer's object, where the operation is theirs for the provider's own alone. */
export const staffAnswers: Partial<Record<OperationId, string>> = {
  // A secret is known to its owner only.
  rotateWebhookSecret: 'auth.forbidden',
  // What customers registered is theirs; staff may pause it.
  deleteWebhook: 'auth.forbidden',
  sendTestEvent: 'auth.forbidden',
  redeliver: 'auth.forbidden',
};

const step = ({ version }: Objects, more: object = {}): MatrixRequest => ({ body: { version, ...more } });
const company = fictionalCompany(900_000);
const certificateOfCompany = { certificateType: 'business_licence', certificateNumber: company.creditCode };
/** That nothing is on record under. */
const unknownNumber = '粤ICP备2020000001号-1';
/** Of no link and no ticket. */
const secret = 'of-nobody-and-nothing-at-all';

function ofNobody(): MatrixRequest {
  return { params: { personId: 'usr_none' } };
}

/** Of nobody: an elliptic curve, made by openssl. */
const certificate = [
  '-----BEGIN CERTIFICATE-----',
  'MIIBfDCCASGgAwIBAgIUAYt1RY8UzY4hk2Yefylx7ljX4kYwCgYIKoZIzj0EAwIw',
  'EjEQMA4GA1UEAwwHZXhhbXBsZTAgFw0yNjExMzAwMDMxMzhaGA8yMTI2MTEwNjAw',
  'MzEzOFowEjEQMA4GA1UEAwwHZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEH',
  'A0IABIZ5BH/GKH+dtE/xM9gQ4NGDssPXvTW+MlXbWx4CBlEcGvemtjk9tUco2fc9',
  'A3A9+CAmtpRgIzxV/WtFN6K22xKjUzBRMB0GA1UdDgQWBBRytDsJhe5BHf30vPRo',
  '4NK5Qp2FyDAfBgNVHSMEGDAWgBRytDsJhe5BHf30vPRo4NK5Qp2FyDAPBgNVHRMB',
  'Af8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCKx5NV0sbRggqccuoYCYoOBYvn',
  '2y1f+Tw32TRthS9ncwIhAKIimp16iQReHC2XwbwbFLZEMQ/evt2HiPD1Jngb7cGz',
  '-----END CERTIFICATE-----',
].join('\n');

/** A request that the operation takes, about these objects. */
const requests: Partial<Record<OperationId, (objects: Objects) => MatrixRequest>> = {
  signInWithPasskey: () => ({ body: { response: {} } }),
  signInWithOidc: () => ({ body: { query: 'code=none&state=none' } }),
  signInWithTicket: () => ({ body: { ticket: secret } }),
  openTicket: () => ({ body: { ticket: secret } }),
  createSignInTicket: ({ fresh }) => ({
    body: {
      account: { id: fresh, displayName: '门户客户', realName: 'none' },
      person: { id: fresh, displayName: '门户客户' },
    },
  }),
  openLink: () => ({ body: { token: secret } }),
  useLink: () => ({ body: { token: secret, password: 'long enough for anybody' } }),
  requestPasswordReset: () => ({ body: { login: 'nobody' } }),
  changeOwnPassword: () => ({ body: { current: 'not this one', password: 'long enough for anybody' } }),
  putOwnMail: () => ({ body: { mail: null } }),
  confirmTotp: () => ({ body: { code: '000000' } }),
  addPasskey: () => ({ body: { name: 'matrix', response: {} } }),
  removePasskey: () => ({ params: { passkeyId: 'none' } }),
  endOwnSession: () => ({ params: { sessionId: 'none' } }),
  inviteMember: ({ fresh }) => ({
    body: { login: fresh.replace('_', '-'), displayName: fresh, right: 'viewer' },
  }),
  createMemberLink: ofNobody,
  changeMemberRight: () => ({ ...ofNobody(), body: { right: 'viewer' } }),
  removeMember: ofNobody,
  invitePerson: ({ fresh }) => ({ body: { login: fresh, displayName: '受邀者', role: 'auditor' } }),
  createPersonLink: ofNobody,
  unlockPerson: ofNobody,
  changePersonRole: () => ({ ...ofNobody(), body: { role: 'auditor' } }),
  disablePerson: ofNobody,
  enablePerson: ofNobody,
  deletePerson: ofNobody,
  resetSecondFactor: ofNobody,
  listPersonSessions: ofNobody,
  endPersonSession: () => ({ params: { personId: 'usr_nobody', sessionId: 'none' } }),
  endPersonSessions: ofNobody,
  signIn: () => ({ body: { login: whoSignsIn, password } }),
  nameAccounts: () => ({ query: { ids: 'acct-xinghe' } }),
  setAccountAgency: () => ({ params: { accountId: 'none' }, body: { mayFileForOthers: false } }),
  putInventory: () => ({ body: { accounts: [], resources: [] } }),
  compareInventory: () => ({ body: { accounts: [], resources: [] } }),
  checkInventory: () => ({ body: { accounts: [], resources: [] } }),
  findAccounts: () => ({ query: { name: '没有这家公司' } }),
  listResources: ({ accountId }) => ({ query: { accountId } }),
  listCodes: ({ accountId }) => ({ query: { accountId } }),
  listStoppingCodes: ({ accountId }) => ({ query: { accountId } }),
  listApiKeys: ({ accountId }) => ({ query: { accountId } }),
  grantCode: ({ accountId }) => ({ body: { granteeAccountId: accountId } }),
  repointCode: ({ resourceId }) => ({ body: { resourceId } }),
  revealCode: () => ({ body: { reason: '核对' } }),
  verifyCode: ({ clear, accountId }) => ({ body: { code: clear, accountId } }),
  createApiKey: ({ accountId }) => ({ body: { accountId, name: 'matrix', scopes: ['codes:read'] } }),
  checkPartnerResources: ({ resourceId }) => ({ body: { resourceIds: [resourceId] } }),
  issuePartnerCodes: ({ resourceId }) => ({ body: { resourceId } }),
  grantPartnerCodes: ({ codeId, accountId }) => ({ body: { grants: [{ codeId, granteeAccountId: accountId }] } }),
  queryPartnerCodes: ({ clear }) => ({ body: { codes: [clear] } }),
  queryPartnerResource: ({ resourceId }) => ({ body: { resourceId } }),
  startFiling: ({ fresh }) => ({
    body: {
      domainName: `${fresh}.cn`,
      subjectKind: 'enterprise',
      provinceCode: '440000',
      certificateType: 'business_licence',
      certificateNumber: company.creditCode,
    },
  }),
  findFilingRoute: ({ fresh }) => ({
    body: {
      domainName: `${fresh}.cn`,
      subjectKind: 'enterprise',
      provinceCode: '440000',
      certificateType: 'business_licence',
      certificateNumber: company.creditCode,
    },
  }),
  startRecordFiling: () => ({ body: { number: unknownNumber, wants: 'change' } }),
  useRecord: ({ resourceId }) => ({ body: { serviceNumber: unknownNumber, resourceId } }),
  beginMove: () => ({ body: { subjectNumber: unknownNumber, ...certificateOfCompany } }),
  confirmMove: () => ({ params: { moveId: 'none' }, body: certificateOfCompany }),
  endMove: () => ({ params: { moveId: 'none' } }),
  demandCorrection: () => ({
    body: {
      serviceNumber: unknownNumber,
      demandedBy: 'provider',
      items: [{ field: 'service.name', comment: '核对' }],
    },
  }),
  withdrawDemand: () => ({ params: { demandId: 'none' } }),
  correctFilingForm: (objects) => step(objects, { values: {} }),
  copyFiling: ({ fresh }) => ({ body: { domainName: `${fresh}-copy.cn` } }),
  listPreparations: () => ({ query: { nature: 'individual', provinceCode: '320000' } }),
  readAppCertificate: () => ({ body: { certificate } }),
  beginUpload: () => ({ body: { key: 'domain_certificate', part: 'whole', bytes: 1000 } }),
  getUpload: () => ({ params: { uploadId: 'upl_none' } }),
  appendUpload: () => ({ params: { uploadId: 'upl_none' }, query: { atByte: 0 }, body: new Uint8Array(8) }),
  completeUpload: () => ({ params: { uploadId: 'upl_none' }, body: {} }),
  removeMaterial: () => ({ params: { materialId: 'mat_none' } }),
  openMaterial: () => ({ params: { materialId: 'mat_none' }, body: {} }),
  writeLetter: () => ({ body: { letter: 'pledge' } }),
  saveFilingForm: (objects) => step(objects, { values: {} }),
  revealFilingForm: () => ({ body: { because: 'other', reason: '核对' } }),
  bindFiling: (objects) => step(objects, { with: { resourceId: objects.resourceId } }),
  submitFiling: (objects) => step(objects),
  withdrawFiling: (objects) => step(objects),
  abandonFiling: (objects) => step(objects),
  contestFiling: () => ({ body: { statement: '该域名由我公司注册并一直使用。' } }),
  // Of no account: the session that began one would be a customer's from then on.
  beginSupportAccess: () => ({ body: { accountId: 'acct-none', reason: '协助核对材料' } }),
  listSupportViews: () => ({ params: { accessId: 'none' } }),
  endSupportAccess: () => ({ params: { accessId: 'none' } }),
  decideContest: () => ({ params: { contestId: 'none' }, body: { decision: 'dismissed', reasons: '未提供依据' } }),
  startVerification: (objects) => step(objects, { role: 'service_principal' }),
  decideVerification: (objects) =>
    step(objects, { role: 'service_principal', way: 'sheet', outcome: 'passed', comment: '' }),
  passFiling: (objects) => step(objects),
  returnFiling: (objects) => step(objects, { reasons: [{ field: null, reasonId: 'other', comment: '核对' }] }),
  askFiling: (objects) => step(objects, { reasons: [{ field: 'service.name', reasonId: 'other', comment: '核对' }] }),
  answerFiling: (objects) => step(objects),
  refreshLookUps: () => ({ body: {} }),
  recordCall: () => ({ body: { person: 'subject_principal', outcome: 'reached' } }),
  tickChecks: () => ({ body: { rules: ['none'], ticked: true } }),
  listBlockedNames: () => ({ query: { from: '2026-11-01', to: '2026-11-30' } }),
  reportBlockedNames: () => ({
    body: {
      gate: 'matrix',
      run: 'matrix',
      number: 1,
      day: '2026-11-01',
      total: 0,
      malformed: 0,
      tooLowBy: 0,
      domains: [],
      hosts: [],
    },
  }),
  getDayStatistics: () => ({ query: { from: '2026-11-01', to: '2026-11-30' } }),
  compareFleet: () => ({ query: { from: '2026-11-01', to: '2026-11-30' } }),
  getReviewStatistics: () => ({ query: { from: '2026-11-01', to: '2026-11-30' } }),
  recallFiling: (objects) => step(objects, { comment: '核对' }),
  revealHandEntry: () => ({}),
  takeOverByHand: (objects) => step(objects),
  enterAuthorityResult: (objects) => step(objects, { result: { kind: 'sms_confirmed' } }),
  listAuthorityPackages: () => ({ params: { provinceCode: '440000' } }),
  listAuthorityFiles: () => ({ params: { provinceCode: '440000' } }),
  resumeAuthorityLine: () => ({ params: { provinceCode: '440000' } }),
  getAuthorityDocument: () => ({ params: { kind: 'case', documentId: 'cas_none' } }),
  revealAuthorityDocument: () => ({ params: { kind: 'package', documentId: 'pac_none' } }),
  getHeldSync: () => ({ params: { name: 'nobody' } }),
  runInventorySync: () => ({ params: { name: 'nobody' } }),
  confirmInventorySync: () => ({ params: { name: 'nobody' }, body: { digest: 'none' } }),
  startReconciliation: () => ({ params: { provinceCode: '440000' } }),
  callOffReconciliation: () => ({ params: { reconciliationId: 'rec_none' } }),
  repairDifference: () => ({ params: { differenceId: 'dif_none' }, body: { act: { repair: 'open_case' } } }),
  settleAuthorityCases: () => ({ body: { caseIds: ['cas_none'], reason: '已查看' } }),
  settleAuthorityCase: () => ({ params: { caseId: 'cas_none' }, body: { act: { act: 'seen' } } }),
  lapseFiling: (objects) => step(objects, { comment: '核对' }),
  reopenFiling: (objects) => step(objects, { comment: '核对' }),
  listLapsedFilings: () => ({ query: lapsedWithin }),
  reopenLapsedFilings: () => ({ body: { ...lapsedWithin, comment: '核对' } }),
  cancelRecord: () => ({ body: { scope: 'service', number: '粤ICP备2020000001号-1', reason: '核对' } }),
  retryParkedWork: () => ({ params: { kind: 'message' } }),
  retryWork: () => ({ params: { kind: 'message', itemId: 'msg-none' } }),
  parkWork: () => ({ params: { kind: 'message', itemId: 'msg-none' } }),
  searchEverything: ({ accountId }) => ({ body: { text: accountId } }),
  explainHost: () => ({ query: { host: 'example.cn' } }),
  getGateChanges: () => ({ query: { after: 0 } }),
  createWebhook: ({ fresh }) => ({ body: { url: `https://hooks.example.com/${fresh}` } }),
  updateWebhook: ({ webhookVersion }) => ({ body: { version: webhookVersion, state: 'paused' } }),
  putNoticeMail: () => ({ body: { addresses: [] } }),
  putNoticeChoice: () => ({ body: { groups: [], language: 'both' } }),
};

/** Before anything lapsed. */
const lapsedWithin = { from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' };

export const requestsOf = (id: OperationId, objects: Objects): MatrixRequest => requests[id]?.(objects) ?? {};
