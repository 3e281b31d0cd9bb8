import type { SimState, SubmissionCase } from '../core/state.ts';

/** What the simulator holds, without any principal's data. */
export function listCases(state: SimState) {
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
      verdictDueAt: found.verdictDueAt,
      outcome: found.outcome,
    })),
    subjects: [...state.registry.subjects.values()].map(({ number, kind, name, recordedAt }) => ({
      number,
      kind,
      name,
      recordedAt,
    })),
    services: [...state.registry.services.values()],
    unacknowledgedMessages: state.unacknowledged.size,
  };
}

/** How many principals have yet to confirm. */
function countWaiting(found: SubmissionCase): number {
  return found.status === 'sms_waiting' ? found.challenges.length - found.confirmed.size : 0;
}
