import { isAscii } from 'node:buffer';

/**
 * Turns bytes into text as they come, null for the end. The encoding is UTF-16 where the first bytes say so, as PowerShell
 * writes it; else UTF-8, or GB 18030 (GBK) where the first bytes beyond ASCII are that and no UTF-8, as Chinese Windows
 * writes it.
 */
export function textDecoder(): (bytes: Buffer | null) => string {
  let decoder: TextDecoder | null = null;
  let isFirst = true;
  return (bytes) => {
    if (bytes === null) return decoder?.decode() ?? '';
    const wide = isFirst ? wideEncoding(bytes) : null;
    isFirst = false;
    if (wide !== null) decoder = new TextDecoder(wide);
    // Lines may be plain for a long time before the first that tells.
    else if (decoder === null && isAscii(bytes)) return bytes.toString('latin1');
    decoder ??= new TextDecoder(isGbk(bytes) ? 'gb18030' : 'utf-8');
    return decoder.decode(bytes, { stream: true });
  };
}

function wideEncoding(head: Buffer): string | null {
  const [one, two, three, four] = head;
  if (one === 0xff && two === 0xfe) return 'utf-16le';
  if (one === 0xfe && two === 0xff) return 'utf-16be';
  // Without a mark: every second byte of plain letters is nought.
  if (one && two === 0 && three && four === 0) return 'utf-16le';
  return one === 0 && two && three === 0 && four ? 'utf-16be' : null;
}

/** One stray byte makes no GBK of Chinese in UTF-8, though the bytes are both: read as UTF-8 most of it are Chinese characters. */
function isGbk(bytes: Buffer): boolean {
  if (isText(bytes, 'utf-8') || !isText(bytes, 'gb18030')) return false;
  const text = bytes.toString('utf8');
  const count = (what: RegExp) => text.match(what)?.length ?? 0;
  return count(/\p{Script=Han}/gu) < count(/\ufffd/g);
}

/** Whether all of it is of this encoding; a character may be cut at the end. */
function isText(bytes: Buffer, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
