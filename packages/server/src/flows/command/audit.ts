import type { AuditAction } from '@openbeian/model/audit';
import type { AuditRow, JsonObject } from '../../ports/index.ts';
import type { FlowRequest, Step } from './step.ts';

type AuditObjectKind =
  | 'account'
  | 'api_key'
  | 'authority_case'
  | 'authority_file'
  | 'authority_line'
  | 'authority_package'
  | 'authority_record'
  | 'audit_check'
  | 'audit_day'
  | 'code'
  | 'contest'
  | 'filing'
  | 'inventory'
  | 'job'
  | 'key'
  | 'operation'
  | 'process'
  | 'person'
  | 'record'
  | 'resource'
  | 'submission'
  | 'webhook';

/** What an audit row is about. */
export interface AuditObject {
  readonly kind: AuditObjectKind;
  readonly id: string;
}

/** An audit row, for statements that write it themselves. `detail` never carries personal data or clear codes. */
export const auditRow = (
  { deps, actor, at }: Pick<FlowRequest, 'deps' | 'actor' | 'at'>,
  action: AuditAction,
  object: AuditObject,
  detail: JsonObject = {},
): AuditRow => ({
  id: deps.ids.next('aud'),
  at,
  actorId: actor.userId,
  actorRole: actor.support === true ? 'operator' : actor.role,
  accountId: actor.accountId,
  action,
  objectKind: object.kind,
  objectId: object.id,
  detail,
  address: actor.source?.address ?? null,
  sessionId: actor.source?.sessionId ?? null,
});

/** Writes who did what. `detail` never carries personal data or clear codes. */
export function recordAudit(
  step: Step,
  action: AuditAction,
  object: AuditObject,
  detail: JsonObject = {},
): Promise<void> {
  return step.tx.audit.append(auditRow(step, action, object, detail));
}
