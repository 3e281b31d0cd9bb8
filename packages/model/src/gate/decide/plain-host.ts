/** A host's bytes while it is decided, and where it ends. Used again for each host: one is decided at a time. */
export interface HostText {
  readonly bytes: Uint8Array;
  end: number;
}

const dot = 46;
const hyphen = 45;
const colon = 58;
const longestName = 253;

/**
 * Reads a plain host into `text`, in lower case and without port and trailing dot: letters, digits, hyphens and dots, with labels in
 * their form, none of them `xn--…`, and a last one that begins with a letter.
 * @returns false for every other host: whether it is an address, an IDN or malformed takes longer to say
 */
export function readPlainHost(host: string, text: HostText): boolean {
  const end = endOfName(host);
  if (end < 1 || end > longestName) return false;
  const { bytes } = text;
  let start = 0;
  for (let at = 0; at < end; at += 1) {
    const char = host.charCodeAt(at);
    if (char >= 97 && char <= 122) bytes[at] = char;
    else if (char === dot) {
      if (!isLabel(host, start, at)) return false;
      start = at + 1;
      bytes[at] = dot;
    } else if ((char >= 48 && char <= 57) || char === hyphen) bytes[at] = char;
    else if (char >= 65 && char <= 90) bytes[at] = char | 32;
    else return false;
  }
  text.end = end;
  // A last label that begins with a digit may be an address.
  return isLabel(host, start, end) && host.charCodeAt(start) > 57;
}

/** Puts an ASCII name in its normal form into `text`. */
export function writeHost(name: string, text: HostText): void {
  for (let at = 0; at < name.length; at += 1) text.bytes[at] = name.charCodeAt(at);
  text.end = name.length;
}

function isLabel(host: string, start: number, end: number): boolean {
  const length = end - start;
  if (length < 1 || length > 63 || host.charCodeAt(start) === hyphen || host.charCodeAt(end - 1) === hyphen)
    return false;
  // xn-- in any case: whether such a label stands for a name only UTS-46 can say.
  return (
    length < 4 ||
    host.charCodeAt(start + 2) !== hyphen ||
    host.charCodeAt(start + 3) !== hyphen ||
    (host.charCodeAt(start) | 32) !== 120 ||
    (host.charCodeAt(start + 1) | 32) !== 110
  );
}

/** Where the name ends before a port, as the Host header has it, and one trailing dot; 0 where the port is none. */
function endOfName(host: string): number {
  let end = host.length;
  if (end > 3 && end < 262) {
    let at = end - 1;
    let port = 0;
    let scale = 1;
    while (at > 0 && end - at < 7 && host.charCodeAt(at) >= 48 && host.charCodeAt(at) <= 57) {
      port += (host.charCodeAt(at) - 48) * scale;
      scale *= 10;
      at -= 1;
    }
    if (host.charCodeAt(at) === colon) {
      if (port > 65_535 || end - at > 6) return 0;
      end = at;
    }
    if (host.charCodeAt(end - 1) === dot) end -= 1;
  }
  return end;
}
