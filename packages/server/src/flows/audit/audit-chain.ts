import { Fault } from '@openbeian/model/fault';
import type { AuditCheck } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { command, query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { unsealedOf } from './verify-audit.ts';

/** Unsealed rows are counted up to so many: a worker seals them within minutes, so more says only that none runs. */
const mostCounted = 1000;

/** The chain over the audit: its last seal, the last verification of all of it, and the one that is under way. */
export const getAuditChain = query({ id: 'getAuditChain', faults: [] }, async (step: Step) => {
  const { tx } = step;
  const seal = await tx.auditSeals.findLast();
  const last = await tx.auditChecks.findLast();
  const open = await tx.auditChecks.findOpen();
  const people = await tx.audit.listNames([last, open].flatMap((check) => check?.askedBy ?? []));
  const view = async (check: AuditCheck) => {
    const { difference, throughSeal } = check;
    return {
      askedAt: check.askedAt,
      askedBy: check.askedBy,
      askedByName: people.find(({ id }) => id === check.askedBy)?.name ?? null,
      upToSeal: check.upTo,
      throughSeal,
      throughDay: throughSeal === 0 ? null : ((await tx.auditSeals.find(throughSeal))?.day ?? null),
      rows: check.rows,
      endedAt: check.endedAt,
      // Written by a later release: that there is one can be said all the same.
      difference: difference instanceof Fault ? { ...unread, seal: throughSeal + 1 } : difference,
    };
  };
  return {
    last: seal && { seal: seal.sequence, day: seal.day, sealedAt: seal.sealedAt },
    unsealed: await unsealedOf(step, mostCounted),
    verified: last && (await view(last)),
    underWay: open && (await view(open)),
  };
});

const unread = { what: 'seal_changed', day: '', row: null, after: null, before: null } as const;

/** Asks for a verification of all of it, which a worker makes; one at a time. */
export const checkAuditChain = command({ id: 'checkAuditChain', faults: [] }, async (step: Step) => {
  const { tx, deps, actor, at } = step;
  const id = deps.ids.next('auc');
  const upTo = (await tx.auditSeals.findLast())?.sequence ?? 0;
  const started = await tx.auditChecks.ask({ id, askedAt: at, askedBy: actor.userId, upTo });
  if (started) await recordAudit(step, 'AuditCheckAsked', { kind: 'audit_check', id });
  return { started };
});
