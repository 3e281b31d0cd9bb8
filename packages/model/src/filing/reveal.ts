import { mayClaim } from './claim.ts';
import type { FilingState } from './lifecycle/states.ts';

/** Why somebody of the provider sees personal data unmasked; a text of their own goes with it. */
export const revealReasons = {
  review: { zh: '初审核对', en: 'Checking the filing' },
  customer_request: { zh: '客户咨询', en: 'The customer asked' },
  authority_request: { zh: '管局要求', en: 'The authority asked' },
  hand_entry: { zh: '在管局系统中录入', en: 'Entering it in the authority’s form' },
  correction: { zh: '处理异常订单', en: 'Handling a stuck filing' },
  other: { zh: '其他', en: 'Other' },
} as const;
export type RevealReason = keyof typeof revealReasons;

/**
 * Who may see the personal data of a filing in that state: its customer always, the provider's people in those states in
 * which they may claim it (and once they have).
 */
export const mayReveal = (role: string, state: FilingState): boolean => role === 'customer' || mayClaim(role, state);
