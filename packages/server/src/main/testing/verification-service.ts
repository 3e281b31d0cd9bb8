import { afterAll, beforeEach } from 'vitest';
import {
  messageOf,
  startVerificationService,
  type VerificationService,
} from '../../outbound/verification/testing/verification-service.ts';
import { type OperationWorld, openOperations } from './operation-world.ts';

export { messageOf, startVerificationService };

/** How HTTP calls the flow for the verification service, which has no session. */
export const verifierCall = { actor: { userId: 'verifier', role: 'system', accountId: null } } as const;

/** The flows of the world are given this service, and filings wait for what it says. */
export function useService(world: OperationWorld, { verifier }: VerificationService, isRequired = true): void {
  world.replace({ verifier, verification: { isRequired } });
}

/** A world for a file of tests, reset before each, whose flows ask a service of their own. */
export async function openWithVerification() {
  const world = await openOperations();
  const service = await startVerificationService(() => world.deps.clock.now());
  afterAll(() => service.close());
  beforeEach(() => {
    world.reset();
    useService(world, service);
  });
  return { world, service };
}
