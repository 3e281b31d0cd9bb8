import type { AuditAction } from '@openbeian/model/audit';
import type { AuditRow } from '../../ports/index.ts';
import type { Actor } from './call.ts';
import type { FlowDeps } from './deps.ts';

/** An audit row in the making. `detail` never carries personal data or clear codes. */
export const auditFact = (
  deps: FlowDeps,
  actor: Actor,
  at: string,
  action: AuditAction,
  object: { readonly kind: string; readonly id: string },
  detail: unknown = {},
): AuditRow => ({
  id: deps.ids.next('aud'),
  at,
  actorId: actor.userId,
  actorRole: actor.role,
  accountId: actor.accountId,
  action,
  objectKind: object.kind,
  objectId: object.id,
  detail,
});
