import { decideHost, type GateOutcome, type GateReason } from '../decide/decide.ts';
import { indexGateRecords } from '../records.ts';
import { vectorContexts, vectorDefaultNames, vectorHosts, vectorProvider, vectorRecords } from './vector-facts.ts';

/** One line of the table: what a host gets, in each context of `vectorContexts`. */
export interface HostVector {
  readonly host: string;
  readonly expected: readonly { readonly outcome: GateOutcome; readonly reason: GateReason }[];
}

/** The table, as the core decides by the records. `host-vectors.txt` beside this file is the same, for people to read changes of. */
export function hostVectors(): HostVector[] {
  const records = indexGateRecords(vectorRecords);
  const about = { provider: vectorProvider, defaultNames: new Set(vectorDefaultNames), blockPage: '/blocked' };
  return vectorHosts().map((host) => ({
    host,
    expected: vectorContexts.map(({ outsideMainland, anyNumberSuffices, at }) => {
      const context = { ...about, outsideMainland, anyNumberSuffices };
      const { outcome, reason } = decideHost(host, records, context, at);
      return { outcome, reason };
    }),
  }));
}
