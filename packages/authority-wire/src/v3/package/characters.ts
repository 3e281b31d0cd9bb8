import iconv from 'iconv-lite';

/** A character that GBK does not have. */
export interface UncarriableCharacter {
  readonly character: string;
  /** Its code point, e.g. `U+20BB7`. */
  readonly name: string;
}

/** How many characters of one text are named. */
const mostNamed = 5;

/**
 * Characters that would not arrive as they were written, each once and at most five: the interface is encoded in GBK, and an
 * encoder silently writes `?` for what is missing there (𠮷, 㐂 …). Half a surrogate pair is none either.
 */
export function findUncarriable(text: string): readonly UncarriableCharacter[] {
  // Pictures in base64 are long, and of ASCII only.
  if (!/[^\u0000-\u007f]/.test(text)) return [];
  const found = new Map<string, UncarriableCharacter>();
  for (const character of text) {
    if (isCarried(character) || found.has(character)) continue;
    const point = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    found.set(character, { character: character.toWellFormed(), name: `U+${point}` });
    if (found.size === mostNamed) break;
  }
  return [...found.values()];
}

/** Bit by code unit: what GBK carries of the basic plane; made at first use. */
let carried: Uint8Array | undefined;

function isCarried(character: string): boolean {
  if (character.length > 1) return false;
  const unit = character.charCodeAt(0);
  if (unit < 0x80) return true;
  carried ??= makeCarried();
  return carried[unit] === 1;
}

/**
 * From the encoder itself, so that what is let through is what it writes; but only the two-byte characters: it has `€` as the
 * byte 0x80, which GBK proper has not, the private use area, where everyone has something else, and `ḿ`, of which readers
 * make different things.
 */
function makeCarried(): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (let unit = 0x80; unit < 0x10000; unit += 1) {
    if ((unit >= 0xd800 && unit <= 0xf8ff) || unit === 0x1e3f) continue;
    const character = String.fromCharCode(unit);
    const bytes = iconv.encode(character, 'gbk');
    if (bytes.length === 2 && iconv.decode(bytes, 'gbk') === character) table[unit] = 1;
  }
  return table;
}

/** The bytes of a text that `findUncarriable` has found nothing in. */
export function encodeGbk(text: string): Buffer {
  return iconv.encode(text, 'gbk');
}

/** Only characters that XML 1.0 may hold; others cannot be written in any way. */
export function isXmlText(text: string): boolean {
  return !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text) && text.isWellFormed();
}
