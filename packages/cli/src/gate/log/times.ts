const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** 21/Nov/2026:12:00:00 +0800, with or without milliseconds and zone. */
const clf = /^\[?(\d\d?)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?: ?([+-])(\d\d):?(\d\d))?\]?$/;
/** 2026-11-21 12:00:00, 2026/11/21T12:00:00.123 and 20261121120000. */
const plain = /^\[?(\d{4})[-/]?(\d\d)[-/]?(\d\d)[T ]?(\d\d):?(\d\d):?(\d\d)(?:[.,]\d+)?\]?$/;
const withZone = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)$/;

const shanghaiMs = 8 * 3_600_000;
const earliestMs = Date.UTC(1990, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);

/**
 * The instant that a log writes, in any of the usual forms; null for anything else. A time without a zone is the machine's
 * own, and days are Shanghai's everywhere here.
 */
export function timeOf(value: unknown): number | null {
  if (typeof value === 'number') return epochTime(value);
  if (typeof value !== 'string' || value.length > 40) return null;
  return remembered(value);
}

/** Lines that follow each other mostly name the same second. */
let [lastText, lastMs]: [string, number | null] = ['', null];

function remembered(text: string): number | null {
  if (text !== lastText) [lastText, lastMs] = [text, textTime(text)];
  return lastMs;
}

function textTime(text: string): number | null {
  const found = clf.exec(text);
  if (found !== null) return clfTime(found);
  if (withZone.test(text))
    return bounded(
      Date.parse(
        text
          .replace(' ', 'T')
          .replace(',', '.')
          .replace(/(\d\d)(\d\d)$/, '$1:$2'),
      ),
    );
  const local = plain.exec(text);
  if (local !== null) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = local.slice(1, 7).map(Number);
    return bounded(Date.UTC(year, month - 1, day, hour, minute, second) - shanghaiMs);
  }
  return /^\d{9,19}(?:\.\d+)?$/.test(text) ? epochTime(Number(text)) : null;
}

function clfTime([, day, month = '', year, hour, minute, second, sign, zoneHour, zoneMinute]: RegExpExecArray) {
  const index = months.indexOf(month);
  if (index < 0) return null;
  const zoneMs = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000 * (sign === '-' ? -1 : 1);
  const atMs = Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute), Number(second));
  return bounded(atMs - (sign === undefined ? shanghaiMs : zoneMs));
}

/** Seconds as nginx's $msec and Caddy's ts, or milli-, micro- or nanoseconds, told apart by their size. */
function epochTime(value: number): number | null {
  if (value < 1e11) return bounded(value * 1000);
  if (value < 1e14) return bounded(value);
  return bounded(value < 1e17 ? value / 1e3 : value / 1e6);
}

function bounded(ms: number): number | null {
  return ms > earliestMs && ms < latestMs ? ms : null;
}
