import type { InterfaceOrigin, RefusalReason, Submission } from '../core/words.ts';
import { cancellationReasons } from './own-tables.ts';
import { before, type LookOverContext, passwordFaults, reasonOf } from './reason.ts';

/** What is wrong with ending a record: it is gone, being ended, somebody else's, or still needed. */
export function cancellationFaults(submission: Submission, origin: InterfaceOrigin, context: LookOverContext) {
  const ends = origin.ends ?? { id: 0, reason: 0 };
  const found = recordFault(submission, ends.id, context) ?? underWay(submission, ends.id, context);
  if (found !== null) return [found];
  const faults: RefusalReason[] = [];
  if (!cancellationReasons.some(([id]) => id === ends.reason)) faults.push(reasonOf(1026, 'cancellation.reason'));
  return [...faults, ...passwordFaults(submission, origin, context)];
}

function recordFault({ kind, provider }: Submission, id: number, { state }: LookOverContext): RefusalReason | null {
  const { ledger } = state;
  const isHere = (serviceNumber: string) =>
    ledger.listAccesses(serviceNumber).some((access) => access.provider === provider);
  if (kind === 'cancel_subject') {
    const subject = ledger.subjectOf(id);
    if (subject === undefined) return reasonOf(ledger.ended.get(id) === 'subject' ? 1049 : 1016, 'subject.number');
    const services = ledger.listServices(subject.number);
    return services.length === 0 || services.some(({ number }) => isHere(number))
      ? null
      : reasonOf(1048, 'subject.number');
  }
  if (kind === 'cancel_site') {
    const service = ledger.serviceOf(id);
    if (service === undefined) return reasonOf(ledger.ended.get(id) === 'service' ? 1050 : 1016, 'service.number');
    return isHere(service.number) ? null : reasonOf(1048, 'service.number');
  }
  const access = ledger.accesses.get(id);
  if (access === undefined) return reasonOf(1016, 'service.number');
  if (access.provider !== provider) return reasonOf(1047, 'service.number');
  return ledger.listAccesses(access.serviceNumber).length > 1 ? null : reasonOf(1025, 'service.number');
}

/** Something like it that waits already. */
function underWay(
  { id: own, kind, subject }: Submission,
  id: number,
  { state }: LookOverContext,
): RefusalReason | null {
  const earlier = before(state.busy.get(subject.number ?? ''), own);
  const others = earlier.flatMap((one) => state.cases.get(one)?.submission ?? []);
  const same = others.some((other) => other.kind === kind && other.origin?.ends?.id === id);
  if (same) return reasonOf(alreadyEnding.get(kind) ?? 1032, null);
  if (kind === 'cancel_site' && others.some((other) => other.kind === 'cancel_subject')) return reasonOf(1042, null);
  if (kind === 'cancel_subject' && others.some((other) => other.kind === 'cancel_site')) return reasonOf(1043, null);
  return null;
}

const alreadyEnding: ReadonlyMap<Submission['kind'], number> = new Map([
  ['cancel_subject', 1027],
  ['cancel_site', 1030],
  ['cancel_access', 1032],
]);
