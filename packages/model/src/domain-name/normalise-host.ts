import { getDomain, parse } from 'tldts';
import tr46 from 'tr46';

/**
 * What a host is. A filing is made for the registrable name only, and everything below it follows that name
 * (docs/sources.md `STANDARDS`, `OTHER-CLOUDS` §2.6), so `registrableName` is what records are looked up by.
 */
export type Host =
  /** `host` and `registrableName` are Unicode, lower case, without trailing dot; `registrableName` is null for a public
   *  suffix itself (com.cn) and for a single label: nobody can register those. */
  | { readonly kind: 'name'; readonly host: string; readonly registrableName: string | null }
  /** `host` is the usual form: 127.0.0.1 for 0x7f.1, and [::1] in brackets. */
  | { readonly kind: 'ipv4' | 'ipv6'; readonly host: string; readonly registrableName: null }
  | { readonly kind: 'malformed'; readonly host: null; readonly registrableName: null };

const malformed = { kind: 'malformed', host: null, registrableName: null } as const;
/** Longer than any name in any encoding, with room for ignored characters: what is longer is not worth the work. */
const longestInput = 2048;
const longestName = 253;
const longestLabel = 63;
const port = /:(\d{0,5})$/;
// As the WHATWG URL standard's "ends in a number": such a host is an IPv4 address or nothing.
const endsInNumber = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/;
// Names of services below a domain name carry underscores (_acme-challenge), registrable names never do.
const lowerLabel = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/;
const registrableLabel = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/**
 * Reads a host as a Host header, a command line or a form gives it: any case, IDN or its ASCII form, full-width or
 * ideographic stops, one trailing dot, a port. Not a URL: scheme, path, user or wildcard make it malformed. Never throws.
 */
export function normaliseHost(text: string): Host {
  if (text.length > longestInput) return malformed;
  const bare = withoutPort(text.replace(/^[ \t]+|[ \t]+$/g, ''));
  if (bare === null || bare === '') return malformed;
  if (bare.startsWith('[') || bare.includes(':')) return readIpv6(bare);
  const ascii = toAscii(bare);
  if (ascii === null) return malformed;
  const name = ascii.endsWith('.') ? ascii.slice(0, -1) : ascii;
  if (endsInNumber.test(name)) return readIpv4(name);
  return readName(name);
}

/**
 * Reads a Host header (RFC 9110 §7.2): as `normaliseHost`, but an IPv6 address is in brackets and nothing is around the
 * host but a port.
 */
export function readHostHeader(text: string): Host {
  const read = normaliseHost(text);
  return read.kind === 'ipv6' && !text.startsWith('[') ? malformed : read;
}

/**
 * A name in ASCII, as DNS and certificates carry it (xn--…), lower case; null for what is no name.
 * @param name as `normaliseHost` gives it in `host`
 */
export function asciiName(name: string): string | null {
  return toAscii(name);
}

/**
 * Whether a host is a name that anybody could have registered: below a suffix of the public list's ICANN part. What ends in
 * `.local`, `.html` or `.internal` is not, though it is written like a name.
 */
export function isPublicName(text: string): boolean {
  const { registrableName } = normaliseHost(text);
  return (
    registrableName !== null && parse(asciiName(registrableName) ?? '', { validateHostname: false }).isIcann === true
  );
}

function withoutPort(text: string): string | null {
  // A bare IPv6 address has no port to take off; with one it is bracketed.
  if (!text.startsWith('[') && text.indexOf(':') !== text.lastIndexOf(':')) return text;
  const match = port.exec(text);
  if (!match) return text;
  return Number(match[1]) <= 65_535 ? text.slice(0, match.index) : null;
}

function readIpv6(text: string): Host {
  const address = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  if (!/^[0-9a-f:.]+$/i.test(address)) return malformed;
  const host = hostOfUrl(`http://[${address}]/`);
  return host === null ? malformed : { kind: 'ipv6', host, registrableName: null };
}

function readIpv4(text: string): Host {
  const host = /^[0-9a-fx.]+$/.test(text) ? hostOfUrl(`http://${text}/`) : null;
  return host === null ? malformed : { kind: 'ipv4', host, registrableName: null };
}

function readName(name: string): Host {
  if (name.length > longestName) return malformed;
  const labels = name.split('.');
  if (!labels.every((label) => label.length <= longestLabel && lowerLabel.test(label))) return malformed;
  const registrable = getDomain(name, { extractHostname: false, validateHostname: false });
  if (registrable !== null && !registrable.split('.').every((label) => registrableLabel.test(label))) return malformed;
  return {
    kind: 'name',
    host: toUnicode(name),
    registrableName: registrable === null ? null : toUnicode(registrable),
  };
}

// Nearly all hosts are plain ASCII, for which UTS-46 only lowers the case; its tables take most of the time otherwise.
const plain = /^[\w.-]*$/;

function toAscii(text: string): string | null {
  const lower = text.toLowerCase();
  if (plain.test(lower) && !lower.includes('xn--')) return lower;
  return tr46.toASCII(text, { checkBidi: true, checkJoiners: true });
}

function toUnicode(ascii: string): string {
  return ascii.includes('xn--') ? tr46.toUnicode(ascii).domain : ascii;
}

/** The address part of URLs is read by the platform, which knows all odd forms (0177.1, ::ffff:192.0.2.1). */
function hostOfUrl(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname : null;
}
