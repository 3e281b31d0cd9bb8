import { canonicalJson } from '@openbeian/model/canonical-json';
import type { FlowDeps } from './deps.ts';

/** Distinguishes requests under one idempotency key. Keyed, since a request may carry personal data. */
export function hashOf({ vault }: Pick<FlowDeps, 'vault'>, operation: string, input: unknown): string {
  return vault.hash(`${operation}\n${canonicalJson(input)}`, 'request');
}
