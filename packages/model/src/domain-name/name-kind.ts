import { parse } from 'tldts';
import { fileableSuffixes } from './fileable-suffixes.ts';
import { asciiName, normaliseHost } from './normalise-host.ts';

/** What a domain is to the registries, and so whether anybody can file it. */
export interface NameKind {
  /**
   * `public`: somebody has registered it below a public suffix. `internal`: for networks of one's own, as `.local`, `.lan`
   * or a name of one label; no registry sells it. `unknown_suffix`: its suffix is not on the public list; it may be new.
   */
  readonly kind: 'public' | 'internal' | 'unknown_suffix';
  /** The platform whose customers have names below it, such as `github.io`; null for a name of one's own. */
  readonly platform: string | null;
  /** Is the suffix on the list of those that may be filed (`fileableSuffixes`)? */
  readonly suffixListed: boolean;
  /** The top-level domain, in Unicode. */
  readonly suffix: string;
}

/**
 * Suffixes that are never sold: reserved (RFC 2606, 6761, 6762, 7686, 8375, 9476 and ICANN's `.internal`), refused by ICANN
 * because networks use them (`.corp`, `.home`, `.mail`), or usual in networks of one's own.
 */
const internalSuffixes: ReadonlySet<string> = new Set(
  (
    'alt arpa example invalid local localhost onion test internal corp home mail ' +
    'lan intranet intra private localdomain workgroup'
  ).split(' '),
);

/** @param domain as `normaliseHost` reads it; null for what is no name, and for a public suffix itself (com.cn) */
export function nameKindOf(domain: string): NameKind | null {
  const { kind, host, registrableName } = normaliseHost(domain);
  if (kind !== 'name') return null;
  const suffix = host.slice(host.lastIndexOf('.') + 1);
  const about = { suffix, suffixListed: fileableSuffixes.names.has(suffix) };
  const read = parse(asciiName(host) ?? '', { validateHostname: false, allowPrivateDomains: true });
  const isSuffix = registrableName === null && read.isIcann === true;
  if (isSuffix) return null;
  if (!host.includes('.') || internalSuffixes.has(suffix)) return { ...about, kind: 'internal', platform: null };
  if (read.isIcann !== true && read.isPrivate !== true) return { ...about, kind: 'unknown_suffix', platform: null };
  const platform = read.isPrivate === true && registrableName !== null ? normaliseHost(read.publicSuffix ?? '') : null;
  // The platform itself has registered `github.io` like everybody else.
  const isBelow = platform?.kind === 'name' && platform.host !== host;
  return { ...about, kind: 'public', platform: isBelow ? platform.host : null };
}
