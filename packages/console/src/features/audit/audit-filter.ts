import { type AuditAction, auditActionNames } from '@openbeian/model/audit';
import type { InputOf } from '../../api/client.ts';
import { addressOf, addressReader } from '../../parts/address-filter.ts';

/** What narrows the audit, as the page's address holds it. */
export interface AuditFilter {
  readonly actor: string | null;
  readonly action: AuditAction | null;
  readonly object: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** Reads the filter from the address; an unknown action and what is no day are ignored. */
export function auditFilterOf(params: URLSearchParams): AuditFilter {
  const { text, oneOf, day } = addressReader(params);
  return {
    actor: text('actor'),
    action: oneOf('action', auditActionNames),
    object: text('object'),
    from: day('from'),
    to: day('to'),
  };
}

/** The filter as the API takes it. */
export function auditQueryOf({
  actor,
  action,
  object,
  from,
  to,
}: AuditFilter): NonNullable<InputOf<'listAudit'>['query']> {
  return {
    ...(actor === null ? {} : { actorId: actor }),
    ...(action === null ? {} : { action }),
    ...(object === null ? {} : { objectId: object }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  };
}

/** The address of the filter with one part changed; null takes it out. */
export function changedParams(filter: AuditFilter, change: Partial<AuditFilter>): Record<string, string> {
  return addressOf({ ...filter, ...change });
}
