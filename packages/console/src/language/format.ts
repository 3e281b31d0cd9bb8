import type { BothTexts } from './words.ts';

/** Shown for what is not there. */
const nothing = '—';

const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** A day as it is written in both languages, `2026-11-21`; the API's days are days in Asia/Shanghai already. */
export function formatDay(day: string | null | undefined): string {
  return day ?? nothing;
}

/** An instant in Asia/Shanghai, `2026-11-21 09:30`, wherever the browser is: deadlines are counted there. */
export function formatInstant(at: string | null | undefined): string {
  if (!at) return nothing;
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : shanghai.format(date);
}

/** A wait in seconds as people say it, rounded up: 50 秒, 14 分钟, 2 小时. */
export function spanOf(seconds: number): BothTexts {
  const [count, zh, en] =
    seconds < 60
      ? [Math.ceil(seconds), '秒', 'second']
      : seconds <= 59 * 60
        ? [Math.ceil(seconds / 60), '分钟', 'minute']
        : [Math.ceil(seconds / 3600), '小时', 'hour'];
  return { zh: `${count} ${zh}`, en: `${count} ${en}${count === 1 ? '' : 's'}` };
}
