import type { Text } from './item.ts';

const [minute, hour, day] = [60, 3600, 86_400];

/** A time as people say it; to the minute, so that a page that is read again is mostly the same. */
export function spanOf(seconds: number): Text {
  if (seconds < minute) return { zh: '不到 1 分钟', en: 'less than a minute' };
  if (seconds < 2 * hour) return counted(Math.floor(seconds / minute), ['分钟', 'minute']);
  if (seconds < 2 * day) return counted(Math.floor(seconds / hour), ['小时', 'hour']);
  return counted(Math.floor(seconds / day), ['天', 'day']);
}

/** 3 gates, 1 gate. */
export const counted = (count: number, [zh, en]: readonly [zh: string, en: string]): Text => ({
  zh: `${count} ${zh}`,
  en: `${count} ${count === 1 ? en : `${en}s`}`,
});

/** A count that was given up at `most`. */
export const upTo = (count: number, most: number): string => (count >= most ? `${most}+` : String(count));

/** Gigabytes, with one place below ten. */
export const gigabytes = (bytes: number): string => {
  const amount = bytes / 1e9;
  return amount < 10 ? amount.toFixed(1) : String(Math.round(amount));
};

/** Chinese words and a time behind them: figures are set off by a space. */
export const zhWith = (before: string, { zh }: Text): string => `${before}${/^\d/.test(zh) ? ' ' : ''}${zh}`;
