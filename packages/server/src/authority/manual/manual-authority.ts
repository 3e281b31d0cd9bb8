import type { Authority } from '../../ports/authority.ts';

/** The receipt of what is entered by hand. */
export const manualReceipt = 'by_hand';

/**
 * The authority of a provider without a line to it: what is handed over waits for an operator, who enters it in the authority's own
 * form and then its results here. It sends nothing, and nobody can be asked.
 * @param now the instant, ISO 8601
 */
export function createManualAuthority(now: () => string): Authority {
  return {
    submit: async ({ id }) => ({ submissionId: id, receipt: manualReceipt, receivedAt: now() }),
    fetchMessages: async () => [],
    readMessage: () => null,
    acknowledge: async () => {},
    findStatus: async () => null,
  };
}
