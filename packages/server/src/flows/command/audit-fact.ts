import type { AuditAction } from '@openbeian/model/audit';
import type { AuditRow } from '../../ports/index.ts';
import { type AuditObject, auditRow } from './audit.ts';
import type { Actor } from './call.ts';
import type { FlowDeps } from './deps.ts';

/** As `auditRow`; for flows that have no step yet. */
export const auditFact = (
  deps: FlowDeps,
  actor: Actor,
  at: string,
  action: AuditAction,
  object: { readonly kind: string; readonly id: string },
  detail: unknown = {},
): AuditRow => auditRow({ deps, actor, at }, action, object as AuditObject, detail);
