import { type Day, dayOf, isDay } from '@openbeian/model/calendar';
import { InvalidArgumentError } from 'commander';

/** The option text and parser of `--at`, the day every decision takes as now: `.option(...atOption)`. */
export const atOption = [
  '--at <date>',
  '以此日为今天（YYYY-MM-DD，北京时间） / take this day as today',
  readDay,
] as const;

/** The day of `--at`, or today in Asia/Shanghai. The only place where the commands of pure decisions read the clock. */
export function dayAt(option: Day | undefined): Day {
  return option ?? dayOf(new Date().toISOString());
}

/** Reads a day given on the command line. @throws InvalidArgumentError for what is none */
export function readDay(text: string): Day {
  if (isDay(text)) return text;
  throw new InvalidArgumentError(
    '日期应为 YYYY-MM-DD，例如 2026-11-21 / expected a day as YYYY-MM-DD, such as 2026-11-21',
  );
}
