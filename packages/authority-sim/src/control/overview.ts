import type { AuthorityCore } from '../core/authority-core.ts';
import type { SimState, SubmissionCase } from '../core/sim-state.ts';
import { peopleOfSms } from '../core/sms-portal.ts';

/** What the simulator holds, without any principal's data. */
export function listCases(core: AuthorityCore) {
  const { state } = core;
  return {
    submissions: [...state.cases.values()].map((found) => ({
      id: found.submission.id,
      filingId: found.submission.filingId,
      kind: found.submission.kind,
      provider: found.submission.provider,
      domainName: found.submission.service.domainName,
      status: found.status,
      receipt: found.receipt,
      receivedAt: found.receivedAt,
      smsDueAt: found.smsDueAt,
      smsWaiting: countWaiting(found),
      sms: peopleOfSms(found),
      verdictDueAt: found.verdictDueAt,
      outcome: found.outcome,
    })),
    subjects: [...state.registry.subjects.values()].map(({ number, kind, name, recordedAt }) => ({
      number,
      kind,
      name,
      recordedAt,
      filingPassword: core.filingPassword(number),
    })),
    services: [...state.registry.services.values()],
    unacknowledgedMessages: state.unacknowledged.size + countOnLines(state),
  };
}

/** What waits on lines of interface V3.0, in files and for one. */
const countOnLines = ({ lines }: SimState): number =>
  [...lines.values()].reduce((sum, { waiting, open }) => sum + waiting.length + open.length, 0);

/** How many principals have yet to confirm. */
function countWaiting(found: SubmissionCase): number {
  return found.status === 'sms_waiting' ? found.challenges.length - found.confirmed.size : 0;
}
