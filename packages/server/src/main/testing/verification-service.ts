import {
  messageOf,
  startVerificationService,
  type VerificationService,
} from '../../outbound/verification/testing/verification-service.ts';
import type { OperationWorld } from './operation-world.ts';

export { messageOf, startVerificationService };

/** How HTTP calls the flow for the verification service, which has no session. */
export const verifierCall = { actor: { userId: 'verifier', role: 'system', accountId: null } } as const;

/** The flows of the world are given this service, and filings wait for what it says. */
export function useService(world: OperationWorld, { verifier }: VerificationService, isRequired = true): void {
  world.replace({ verifier, verification: { isRequired } });
}
