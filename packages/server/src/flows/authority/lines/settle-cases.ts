import { recordAudit } from '../../command/audit.ts';
import { command } from '../../command/operation.ts';
import { sayIn } from '../../command/said.ts';

interface ManyCases {
  readonly caseIds: readonly string[];
  readonly reason: string;
}

/**
 * Cases that were looked at and about which nothing else has to be done, many at once: one file of the authority’s may bring hundreds. Those of
 * a filing wait for a decision of their own, and stay.
 */
export const settleAuthorityCases = command(
  { id: 'settleAuthorityCases', faults: ['object.not_found'] },
  async (step, { caseIds, reason }: ManyCases) => {
    if (step.deps.authorityDesk === null) throw step.fault('object.not_found');
    const asked = new Set(caseIds);
    const ended = await step.tx.authorityLedger.endCasesSeen([...asked], step.actor.userId, step.at);
    for (const { id, kind, provinceCode } of ended) {
      // Each row of the audit has words of its own, with which they are cleared away.
      const detail = { kind, provinceCode, act: 'seen', reason: await sayIn(step, 'audit', reason) };
      await recordAudit(step, 'AuthorityCaseSettled', { kind: 'authority_case', id }, detail);
    }
    return { settled: ended.length, left: asked.size - ended.length };
  },
);
