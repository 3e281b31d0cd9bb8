import { addDays, dayOf } from '@openbeian/model/calendar';
import { normaliseHost } from '@openbeian/model/domain-name';
import type { BlockedCount, BlockedNamesFilter, BlockedNamesReport } from '../../ports/index.ts';
import { keylessCommand, query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { mostDays, refuseLongSpan } from '../review/long-span.ts';

/** What a report has: a host's domain is found here. */
export interface BlockedNamesInput extends Omit<BlockedNamesReport, 'hosts'> {
  readonly hosts: readonly BlockedCount[];
}

/** A gate’s report of what it blocked most, counted once: by the day that it says, or today where its clock is ahead. */
export const reportBlockedNames = keylessCommand(
  { id: 'reportBlockedNames', faults: [] },
  async ({ tx, at }: Step, input: BlockedNamesInput) => {
    const today = dayOf(at);
    const domains = input.domains.filter(({ name }) => domainOf(name) === name);
    const others = input.domains.filter(({ name }) => domainOf(name) !== name);
    const hosts = input.hosts.flatMap((one) => {
      const domain = domainOf(one.name);
      return domain === null ? [] : [{ ...one, domain }];
    });
    const report: BlockedNamesReport = {
      ...input,
      day: input.day > today ? today : input.day,
      malformed: others.reduce((sum, { count }) => sum + count, input.malformed),
      domains,
      hosts,
    };
    return { counted: await tx.blockedNames.add(report, { at, keptFrom: addDays(today, -mostDays) }) };
  },
);

/** What would have to be filed for a host in its normal form; null for what is none. It is a stranger’s text. */
function domainOf(host: string): string | null {
  const read = normaliseHost(host);
  return read.kind === 'name' && read.host === host ? (read.registrableName ?? host) : null;
}

/** As many are listed: what is asked about beyond that has hardly been seen. */
const listed = { domains: 100, hostsOfEach: 5 } as const;

/** The names that gates blocked most on some days, and what is on file or under way for each. */
export const listBlockedNames = query(
  { id: 'listBlockedNames', faults: [], mayLag: true },
  async (step, input: BlockedNamesFilter) => {
    refuseLongSpan(step, input);
    const { blockedNames } = step.tx;
    const counted = await blockedNames.domains(input, listed.domains);
    const domains = [...new Set(counted.map(({ domain }) => domain))];
    const hosts = Map.groupBy(await blockedNames.hosts(domains, input, listed.hostsOfEach), ({ domain }) => domain);
    const onFile = new Map((await blockedNames.onFile(domains)).map((one) => [one.domain, one]));
    return {
      ...(await blockedNames.sums(input)),
      names: domains.map((domain) => {
        const reasons = counted.filter((one) => one.domain === domain).map(({ reason, count }) => ({ reason, count }));
        const { filingId, filingState, number, recordState } = onFile.get(domain) ?? {};
        return {
          domain,
          count: reasons.reduce((sum, { count }) => sum + count, 0),
          reasons,
          hosts: (hosts.get(domain) ?? []).map(({ host, count }) => ({ host, count })),
          filing: filingId && filingState ? { id: filingId, state: filingState } : null,
          record: number && recordState ? { number, state: recordState } : null,
        };
      }),
    };
  },
);
