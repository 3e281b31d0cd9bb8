import type { Resource } from '../../api/shapes.ts';

export type ResourceFilter = 'all' | 'file' | 'issue' | 'blocked';

/** The resources that match a search (id, product, region, account) and a filter on what was decided. */
export function filterResources(rows: readonly Resource[], search: string, filter: ResourceFilter): Resource[] {
  const wanted = search.trim().toLowerCase();
  return rows.filter((row) => matches(row, wanted) && passes(row, filter));
}

function matches(row: Resource, wanted: string): boolean {
  const { zh, en } = row.productName;
  const region = typeof row.facts.region === 'string' ? row.facts.region : '';
  return [row.id, row.product, zh, en, region, row.accountId].join(' ').toLowerCase().includes(wanted);
}

function passes({ check }: Resource, filter: ResourceFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'file':
      return check.file.outcome === 'eligible';
    case 'issue':
      return check.issue.outcome === 'eligible';
    case 'blocked':
      return [check.file, check.issue].some(({ outcome }) => outcome === 'ineligible' || outcome === 'indeterminate');
  }
}

/** Until when a resource qualifies with nothing renewed; null where no clock applies, or where it does not qualify now. */
export function passesUntil({ check }: Pick<Resource, 'check'>): string | null {
  const passes = check.file.outcome === 'eligible' || check.issue.outcome === 'eligible';
  return passes ? check.goodUntil : null;
}

/** The day on which a resource stops to qualify, if that is within `days` of `today`; null otherwise. */
export function endsSoon(row: Resource, today: string, days: number): string | null {
  const goodUntil = passesUntil(row);
  if (goodUntil === null || goodUntil < today) return null;
  return (Date.parse(goodUntil) - Date.parse(today)) / 86_400_000 <= days ? goodUntil : null;
}
