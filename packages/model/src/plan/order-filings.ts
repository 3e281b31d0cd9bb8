import type { Day } from '@openbeian/model/calendar';
import type { QuotaUse } from '@openbeian/model/quota';
import type { PlannedName } from './domain-list.ts';
import type { ChangeKind } from './fixes.ts';
import type { Option } from './options.ts';
import type { Assignment, CodesToIssue } from './plan.ts';

export interface Placed {
  readonly name: PlannedName;
  readonly option: Option;
  readonly use: QuotaUse;
  readonly resource: string;
  readonly needs: readonly ChangeKind[];
  /** Ids of the plan's changes, one for each of `needs`. */
  readonly changes: readonly string[];
  readonly startBy: Day | null;
}

/**
 * Orders the filings. A subject has one open filing at a time, so its filings come in rounds: direct ones before those
 * by code (a resource that has issued codes may no longer be picked), what needs no change before what waits for one,
 * and what must start earliest first. Filings of different subjects run side by side.
 */
export function orderFilings(placed: readonly Placed[]): {
  readonly assignments: readonly Assignment[];
  readonly codes: readonly CodesToIssue[];
} {
  const bySubject = new Map<string, Placed[]>();
  for (const each of placed) {
    const { subject, account } = each.name;
    // Who names neither is taken as one subject: the order then holds whoever it is.
    const key = JSON.stringify(subject === undefined ? { account: account ?? null } : { subject });
    const of = bySubject.get(key);
    if (of === undefined) bySubject.set(key, [each]);
    else of.push(each);
  }
  const assignments = [...bySubject.values()].flatMap((of) => [...of].sort(byUrgency).map(assignmentOf));
  assignments.sort((a, b) => a.round - b.round);
  return { assignments, codes: codesToIssue(placed) };
}

function byUrgency(a: Placed, b: Placed): number {
  if (a.use !== b.use) return a.use === 'file' ? -1 : 1;
  if ((a.needs.length === 0) !== (b.needs.length === 0)) return a.needs.length === 0 ? -1 : 1;
  const [first, second] = [a.startBy ?? '9999-12-31', b.startBy ?? '9999-12-31'];
  if (first !== second) return first < second ? -1 : 1;
  return 0;
}

function assignmentOf(placed: Placed, index: number): Assignment {
  const { name, option, use, resource, needs, changes, startBy } = placed;
  return {
    name: name.name,
    account: name.account ?? null,
    subject: name.subject ?? null,
    way: use === 'file' ? 'direct' : 'code',
    resource,
    provider: option.resource.provider,
    product: option.resource.product,
    owner: option.resource.account ?? null,
    needs,
    changes,
    startBy,
    round: index + 1,
  };
}

function codesToIssue(placed: readonly Placed[]): CodesToIssue[] {
  const byOption = new Map<Option, Placed[]>();
  for (const each of placed) byOption.set(each.option, [...(byOption.get(each.option) ?? []), each]);
  return [...byOption].flatMap(([option, of]) => {
    const count = of.filter(({ use }) => use === 'issue').length;
    if (count === 0) return [];
    const { file } = option.policy.version;
    const pickedFirst = file.mode === 'fileable' && file.picksUntilCodes === true;
    const after = pickedFirst ? of.filter(({ use }) => use === 'file').map(({ name }) => name.name) : [];
    const { provider, product } = option.resource;
    // A group has at least the one that opened it.
    return [{ resource: (of[0] as Placed).resource, provider, product, count, after }];
  });
}
