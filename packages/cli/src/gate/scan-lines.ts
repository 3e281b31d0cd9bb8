/** One request, or one name of a list, as far as its line says it. */
export interface ScannedLine {
  /** As written: decided later. */
  readonly host: string;
  /** 0 where the line does not say. */
  readonly bytes: number;
  /** Epoch milliseconds; null where the line does not say. */
  readonly atMs: number | null;
}

const quoted = '"((?:[^"\\\\]|\\\\.)*)"';
/** Apache's vhost_combined, and nginx's combined with $host in front. */
const hostFirst = new RegExp(`^(\\S+) \\S+ \\S+ \\S+ \\[([^\\]]+)\\] ${quoted} \\d{3} (\\d+|-)(?: |$)`);
/** Common and combined: the host is known only where the request line has a full URL, as a forward proxy logs. */
const common = new RegExp(`^\\S+ \\S+ \\S+ \\[([^\\]]+)\\] ${quoted} \\d{3} (\\d+|-)(?: |$)`);
/**
 * HAProxy's `option httplog`, with or without syslog's beginning: the host is what was captured first of the request's headers
 * (`capture request header Host len 253`), or is in the request line, as with HTTP/2.
 */
const haproxy = new RegExp(
  `\\[(\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d)\\.\\d{3}\\] \\S+ \\S+ [-+\\d/]+ (?:\\d{3}|-1) \\+?(\\d+) \\S+ \\S+ \\S{4} [\\d/+]+ [\\d/]+ (?:\\{([^}|]*)[^}]*\\} )?(?:\\{[^}]*\\} )?${quoted}$`,
);
const fullUrl = /^[A-Z]+ https?:\/\/([^/?# ]+)/;

const hostKeys = ['host', 'http_host', 'vhost', 'server_name', 'hostname'] as const;
const byteKeys = ['body_bytes_sent', 'bytes_sent', 'bytes', 'size'] as const;
const timeKeys = ['time_iso8601', '@timestamp', 'timestamp', 'time', 'ts'] as const;

/** Reads one line of a log or of a list of hosts; null where no host can be read. The format is recognised line by line. */
export function readScannedLine(line: string): ScannedLine | null {
  if (line.startsWith('{')) return readJson(line);
  if (!/[ \t]/.test(line)) return { host: line, bytes: 0, atMs: null };
  const first = hostFirst.exec(line);
  if (first) return { host: first[1] ?? '', bytes: bytesOf(first[4]), atMs: clfTime(first[2] ?? '') };
  const proxied = haproxy.exec(line);
  if (proxied) {
    const captured = proxied[3] || fullUrl.exec(proxied[4] ?? '')?.[1];
    // HAProxy logs the machine's own time without a zone; days are Shanghai's everywhere here.
    return captured ? { host: captured, bytes: bytesOf(proxied[2]), atMs: clfTime(`${proxied[1]} +0800`) } : null;
  }
  const plain = common.exec(line);
  const host = plain && fullUrl.exec(plain[2] ?? '')?.[1];
  return plain && host ? { host, bytes: bytesOf(plain[3]), atMs: clfTime(plain[1] ?? '') } : null;
}

function readJson(line: string): ScannedLine | null {
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(line) as Record<string, unknown>;
  } catch {
    return null;
  }
  // Caddy keeps the host within `request`.
  const inner = typeof entry.request === 'object' && entry.request !== null ? (entry.request as typeof entry) : {};
  const host = hostKeys.map((key) => entry[key] ?? inner[key]).find((value) => typeof value === 'string');
  if (host === undefined) return null;
  const bytes = byteKeys.map((key) => entry[key]).find((value) => value !== undefined);
  const time = timeKeys.map((key) => entry[key]).find((value) => value !== undefined);
  return { host, bytes: bytesOf(bytes), atMs: timeOf(time) };
}

function bytesOf(value: unknown): number {
  const bytes = Number(value);
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : 0;
}

function timeOf(value: unknown): number | null {
  // Seconds, as nginx's $msec and Caddy's ts; or a text.
  const ms = typeof value === 'number' ? value * 1000 : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Math.abs(ms) < 8.64e15 ? ms : null;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 21/Nov/2026:12:00:00 +0800 */
function clfTime(text: string): number | null {
  const match = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(text);
  if (!match) return null;
  const [, day, month = '', year, hour, minute, second, sign, zoneHour, zoneMinute] = match;
  const index = months.indexOf(month);
  if (index < 0) return null;
  const zoneMs = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000 * (sign === '-' ? -1 : 1);
  return Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute), Number(second)) - zoneMs;
}

const longestLine = 65_536;

/** Lines of a stream of UTF-8; one that is longer than any log's comes back cut, so that memory stays bounded. */
export async function* boundedLines(stream: AsyncIterable<unknown>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    rest = (lines.pop() ?? '').slice(0, longestLine);
    yield lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield [rest];
}
