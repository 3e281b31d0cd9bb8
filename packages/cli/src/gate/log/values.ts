import { isPublicName, normaliseHost } from '@openbeian/model/domain-name';

/** What the value of a field is, as far as hosts go. `local` is written like a name but cannot be registered. */
export type HostLikeness = 'blank' | 'name' | 'local' | 'address' | 'other';

const blanks = new Set(['', '-', '_', '--', 'null', 'NULL', '(null)', 'none', '""', '*', '<nil>', 'undefined']);

/** Proxies write these where a request had no host. */
export function isBlank(value: string): boolean {
  return blanks.has(value);
}

const hostShape = /^[\p{L}\p{N}_.[\]:。．-]{1,300}$/u;

/** Logs name the same hosts again and again. */
const remembered = new Map<string, HostLikeness>();
const mostRemembered = 50_000;

export function likenessOf(value: string): HostLikeness {
  const known = remembered.get(value);
  if (known !== undefined) return known;
  if (remembered.size >= mostRemembered) remembered.clear();
  const found = likeness(value);
  // A copy: the text is a piece of what was read, and would keep all of that in memory.
  if (value.length <= 300) remembered.set(Buffer.from(value).toString(), found);
  return found;
}

function likeness(value: string): HostLikeness {
  if (isBlank(value)) return 'blank';
  if (!hostShape.test(value)) return 'other';
  const read = normaliseHost(value);
  if (read.kind === 'malformed') return 'other';
  // A plain number is an address to browsers, and a status or a size to everybody else.
  if (read.kind !== 'name') return /[.:]/.test(value) ? 'address' : 'other';
  if (isPublicName(value)) return 'name';
  return read.host.includes('.') ? 'local' : 'other';
}

const absoluteUrl = /^(?:https?|wss?|ftp|grpcs?):\/\/(?:[^/?#@\s]*@)?([^/?#\s"]+)/i;

/** The host of an absolute URL; null for anything else. */
export function hostOfUrl(value: string): string | null {
  return absoluteUrl.exec(value)?.[1] ?? null;
}

const requestLine = /^[A-Z]{3,20} (\S+)/;

/** The host of a request line with an absolute target, as forward proxies and CDNs write it, or of a CONNECT. */
export function hostOfRequest(value: string): string | null {
  const target = requestLine.exec(value)?.[1];
  if (target === undefined) return null;
  return hostOfUrl(target) ?? (value.startsWith('CONNECT ') ? target : null);
}

export function bytesOf(value: unknown): number {
  const bytes = typeof value === 'string' && value.startsWith('+') ? Number(value.slice(1)) : Number(value);
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : 0;
}
