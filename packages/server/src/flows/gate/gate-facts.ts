import { createHash } from 'node:crypto';
import { canonicalJson } from '@openbeian/model/canonical-json';
import type { FlowDeps } from '../command/deps.ts';

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What gates decide by besides the records. */
export function gateFactsOf(deps: FlowDeps) {
  const { region, defaultNames } = deps.gate;
  return { provider: deps.provider, region, defaultNames: [...defaultNames] };
}

/** Names a history of the records together with this configuration: where either is another, gates start afresh. */
export function gateMarkOf(deps: FlowDeps, history: string): string {
  return sha256Hex(`${history}\n${canonicalJson(gateFactsOf(deps))}`).slice(0, 32);
}
