/** Everything that is written into the audit, by its fact, and what people call it. */
export const auditActions = {
  CodesIssued: { zh: '生成授权码', en: 'Codes created' },
  CodeGranted: { zh: '授权给其他账号', en: 'Code granted' },
  CodeRepointed: { zh: '更换授权码的云资源', en: 'Code moved to another resource' },
  CodeRevealed: { zh: '查看完整授权码', en: 'Code revealed' },
  CodeRevoked: { zh: '撤销授权码', en: 'Code revoked' },
  FilingStarted: { zh: '发起备案', en: 'Filing created' },
  FilingSubmitted: { zh: '提交初审', en: 'Filing submitted' },
  FilingWithdrawn: { zh: '客户撤回订单', en: 'Filing withdrawn' },
  FilingReturned: { zh: '初审驳回', en: 'Filing rejected by the reviewer' },
  FilingPassed: { zh: '初审通过', en: 'Filing approved by the reviewer' },
  FilingHeld: { zh: '提交管局前复核未通过', en: 'Filing held before submission to the authority' },
  FilingRecalled: { zh: '运营撤回订单', en: 'Filing recalled by an operator' },
  FilingForwarded: { zh: '提交管局', en: 'Filing sent to the authority' },
  SmsConfirmed: { zh: '短信核验完成', en: 'SMS verified' },
  SmsFailed: { zh: '短信核验未完成', en: 'SMS verification failed' },
  FilingApproved: { zh: '管局通过', en: 'Filing approved by the authority' },
  FilingRejected: { zh: '管局驳回', en: 'Filing rejected by the authority' },
  FilingAbandoned: { zh: '放弃备案', en: 'Filing discarded' },
  FilingLapsed: { zh: '订单过期关闭', en: 'Filing expired' },
  FilingClosedByOperator: { zh: '运营人员关闭订单', en: 'Filing closed by an operator' },
  FilingOverdue: { zh: '订单超过时限', en: 'Filing overdue' },
  FormRevealed: { zh: '查看个人信息', en: 'Personal information revealed' },
  StaleMessageKept: { zh: '收到过时的管局消息', en: 'Outdated message from the authority recorded' },
  RecordCancelled: { zh: '备案注销', en: 'Record cancelled' },
  InventoryLoaded: { zh: '导入资源', en: 'Resources imported' },
  ApiKeyCreated: { zh: '新建 API 密钥', en: 'API key created' },
  ApiKeyRotated: { zh: '轮换 API 密钥', en: 'API key rotated' },
  ApiKeyRevoked: { zh: '吊销 API 密钥', en: 'API key revoked' },
  WebhookCreated: { zh: '添加事件通知地址', en: 'Webhook created' },
  WebhookChanged: { zh: '修改事件通知地址', en: 'Webhook changed' },
  WebhookPaused: { zh: '暂停事件通知', en: 'Webhook paused' },
  WebhookResumed: { zh: '恢复事件通知', en: 'Webhook resumed' },
  WebhookSecretRotated: { zh: '更换事件通知签名密钥', en: 'Webhook secret rotated' },
  WebhookDeleted: { zh: '删除事件通知地址', en: 'Webhook deleted' },
  WebhookTested: { zh: '发送测试事件', en: 'Test event sent' },
  NoticeMailSet: { zh: '设置通知邮箱', en: 'Notification addresses set' },
  WorkRetried: { zh: '重试后台任务', en: 'Background work retried' },
  WorkParked: { zh: '搁置后台任务', en: 'Background work parked' },
  AccessRefused: { zh: '拒绝访问', en: 'Access refused' },
  ConfigurationChanged: { zh: '以新的配置启动', en: 'Started with another configuration' },
  KeyAdded: { zh: '启用新的加密密钥', en: 'Encryption key added' },
  KeyRetired: { zh: '停用加密密钥', en: 'Encryption key retired' },
  DataResealed: { zh: '用新密钥重新加密', en: 'Data brought under newer keys' },
  WebhookRedelivered: { zh: '重新发送事件', en: 'Event resent' },
} as const;
export type AuditAction = keyof typeof auditActions;

/** What people call an action; the fact itself for one that a later version wrote. */
export function auditActionText(action: string): { readonly zh: string; readonly en: string } {
  // The table has it, so it is one.
  return Object.hasOwn(auditActions, action) ? auditActions[action as AuditAction] : { zh: action, en: action };
}
