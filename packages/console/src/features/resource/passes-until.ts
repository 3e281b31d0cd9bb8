import type { Resource } from '../../api/shapes.ts';

/** Until when a resource qualifies with nothing renewed; null where no clock applies, or where it does not qualify now. */
export function passesUntil({ check }: Pick<Resource, 'check'>): string | null {
  const passes = check.file.outcome === 'eligible' || check.issue.outcome === 'eligible';
  return passes ? check.goodUntil : null;
}
