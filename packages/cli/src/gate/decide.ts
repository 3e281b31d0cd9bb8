import type { Day } from '@openbeian/model/calendar';
import { hostingRules } from '@openbeian/model/eligibility';
import { Fault } from '@openbeian/model/fault';
import {
  decideHost,
  type GateContext,
  type GateDecision,
  type GateRecordsFile,
  indexGateRecords,
  parseGateRecords,
} from '@openbeian/model/gate';
import { loadPolicies } from '@openbeian/policies';
import { type Lang, readDocument, refusingFaults } from '../io/read-document.ts';

/** What hosts are decided by. */
export interface DecideBy {
  /** The records file. */
  readonly records: string;
  readonly at: Day;
  readonly lang: Lang;
  /** Directories of policies in place of the bundled ones. */
  readonly policies?: readonly string[] | undefined;
}

/**
 * Decides each host by a records file, in order.
 * @throws InputError before the first decision for a bad records or policy file.
 */
export async function* decideHosts(
  hosts: AsyncIterable<string>,
  { records, at, lang, policies }: DecideBy,
): AsyncGenerator<GateDecision> {
  const { lookup, context } = readRecords(records, lang, policies);
  for await (const host of hosts) yield decideHost(host, lookup, context, at);
}

/**
 * A records file, ready for deciding.
 * @throws InputError for a bad records or policy file.
 */
export function readRecords(
  file: string,
  lang: Lang,
  policyDirectories?: readonly string[],
): { records: GateRecordsFile['records']; lookup: ReturnType<typeof indexGateRecords>; context: GateContext } {
  const policies = refusingFaults(
    lang,
    (path) => path,
    () => loadPolicies(policyDirectories),
  );
  return readDocument(file, lang, (document) => {
    const facts = parseGateRecords(document);
    const { provider, product, region } = facts;
    const rules = hostingRules(policies);
    const context: GateContext = {
      provider,
      defaultNames: new Set(facts.defaultNames),
      outsideMainland: placeOrFault(facts, rules.placeOf(provider, region)) === 'outside',
      blockPage: '/blocked',
      anyNumberSuffices:
        facts.anyNumberSuffices !== undefined ||
        (product !== undefined && rules.anyNumberSource(provider, product) !== null),
    };
    return { records: facts.records, lookup: indexGateRecords(facts.records), context };
  });
}

/** A region that nobody lists would exempt everything or nothing, by guess. */
function placeOrFault<P>({ provider, region }: GateRecordsFile, place: P | null): P {
  if (place !== null) return place;
  throw new Fault('input.invalid', {
    places: [
      {
        path: 'region',
        expected: `expected cn-mainland, hk, overseas or a region that the policies list for ${provider}, not ${region}`,
        expectedZh: `应为 cn-mainland、hk、overseas 或规则中 ${provider} 的地域，而不是 ${region}`,
      },
    ],
  });
}
