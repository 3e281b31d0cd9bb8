import type { SupportAccessRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';

export type SupportAccessView = ReturnType<typeof supportViewOf>;

/** The customer sees the same: who, why, from when to when. */
export function supportViewOf({ deps }: Pick<Step, 'deps'>, row: SupportAccessRow) {
  const { operatorId: _, inSession, ...shown } = row;
  return { ...shown, active: row.endedAt === null && inSession && row.until > deps.people.wall.now() };
}
