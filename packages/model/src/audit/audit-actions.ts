/** Everything that is written into the audit, by its fact, and what people call it. */
export const auditActions = {
  CodesIssued: { zh: '签发授权码', en: 'Codes issued' },
  CodeGranted: { zh: '授予授权码', en: 'Code granted' },
  CodeRepointed: { zh: '改指授权码', en: 'Code re-pointed' },
  CodeRevealed: { zh: '查看完整授权码', en: 'Whole code seen' },
  CodeRevoked: { zh: '撤销授权码', en: 'Code revoked' },
  FilingStarted: { zh: '开始备案', en: 'Filing started' },
  FilingSubmitted: { zh: '提交初审', en: 'Filing submitted' },
  FilingWithdrawn: { zh: '撤回订单', en: 'Filing withdrawn' },
  FilingReturned: { zh: '初审退回', en: 'Filing returned' },
  FilingPassed: { zh: '初审通过', en: 'Filing passed' },
  FilingHeld: { zh: '提交管局前退回', en: 'Filing held back at hand-over' },
  FilingRecalled: { zh: '收回订单', en: 'Filing recalled' },
  FilingForwarded: { zh: '提交管局', en: 'Filing handed to the authority' },
  SmsConfirmed: { zh: '短信核验完成', en: 'SMS confirmed' },
  SmsFailed: { zh: '短信核验未完成', en: 'SMS not confirmed' },
  FilingApproved: { zh: '管局通过', en: 'Filing approved' },
  FilingRejected: { zh: '管局驳回', en: 'Filing rejected' },
  FilingAbandoned: { zh: '放弃备案', en: 'Filing given up' },
  FilingLapsed: { zh: '订单过期关闭', en: 'Filing lapsed' },
  FilingClosedByOperator: { zh: '运营人员关闭订单', en: 'Filing closed by an operator' },
  FilingOverdue: { zh: '订单超过时限', en: 'Filing overdue' },
  FormRevealed: { zh: '查看隐藏的个人信息', en: 'Personal fields seen' },
  StaleMessageKept: { zh: '收到过时的管局消息', en: 'Stale message of the authority kept' },
  RecordCancelled: { zh: '备案注销', en: 'Record cancelled' },
  InventoryLoaded: { zh: '载入资源清单', en: 'Inventory loaded' },
  ApiKeyCreated: { zh: '新建 API 密钥', en: 'API key made' },
  ApiKeyRotated: { zh: '轮换 API 密钥', en: 'API key rotated' },
  ApiKeyRevoked: { zh: '吊销 API 密钥', en: 'API key revoked' },
  WebhookCreated: { zh: '登记事件通知地址', en: 'Webhook registered' },
  WebhookChanged: { zh: '修改事件通知地址', en: 'Webhook changed' },
  WebhookPaused: { zh: '暂停事件通知', en: 'Webhook paused' },
  WebhookResumed: { zh: '恢复事件通知', en: 'Webhook resumed' },
  WebhookSecretRotated: { zh: '更换事件通知签名密钥', en: 'Webhook signing key replaced' },
  WebhookDeleted: { zh: '删除事件通知地址', en: 'Webhook deleted' },
  WebhookTested: { zh: '发送测试事件', en: 'Test event sent' },
  NoticeMailSet: { zh: '设置通知邮箱', en: 'Notice addresses set' },
  WebhookRedelivered: { zh: '重新发送事件', en: 'Event sent again' },
} as const;
export type AuditAction = keyof typeof auditActions;

/** What people call an action; the fact itself for one that a later version wrote. */
export function auditActionText(action: string): { readonly zh: string; readonly en: string } {
  return Object.hasOwn(auditActions, action) ? auditActions[action as AuditAction] : { zh: action, en: action };
}
