import type { Tone } from '../../parts/state.tsx';

export interface Due {
  readonly tone: Tone;
  readonly overdue: boolean;
  readonly span: { readonly unit: 'days' | 'hours' | 'minutes'; readonly count: number };
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * How urgent a deadline is at `now` (both instants): overdue is bad, within a day is a warning. The span is rounded
 * down while time is left, and up once it is over: neither is made to look better than it is.
 */
export function dueOf(dueAt: string, now: string): Due {
  const left = Date.parse(dueAt) - Date.parse(now);
  const overdue = left < 0;
  const round = overdue ? Math.ceil : Math.floor;
  const size = Math.abs(left);
  const span =
    size >= 2 * dayMs
      ? { unit: 'days' as const, count: round(size / dayMs) }
      : size >= hourMs
        ? { unit: 'hours' as const, count: round(size / hourMs) }
        : { unit: 'minutes' as const, count: round(size / minuteMs) };
  return { overdue, span, tone: overdue ? 'bad' : left < dayMs ? 'warn' : 'quiet' };
}
