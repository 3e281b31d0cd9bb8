import type { Authority } from '../../ports/authority.ts';

/**
 * The authority of a provider without a line to it: what is handed over waits for an operator, who enters it in the authority's own
 * form and then its results here. It sends nothing, and nobody can be asked.
 * @param now the instant, ISO 8601
 */
export function createManualAuthority(now: () => string): Authority {
  return {
    submit: async ({ id }) => ({ submissionId: id, receipt: 'by_hand', receivedAt: now() }),
    fetchMessages: async () => [],
    readMessage: () => null,
    acknowledge: async () => {},
    findStatus: async () => null,
  };
}
