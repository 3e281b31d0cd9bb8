/**
 * A key that an object of this JSON holds twice, of which `JSON.parse` would silently keep the last; null: none does. The text must
 * be valid JSON.
 */
export function keyTwiceIn(json: string): string | null {
  /** Keys of the objects around the place, innermost last; null: a list. */
  const around: (Set<string> | null)[] = [];
  let keys: Set<string> | null = null;
  let keyNext = false;
  for (let index = 0; index < json.length; index += 1) {
    switch (json.charCodeAt(index)) {
      case 0x7b: // {
      case 0x5b: // [
        around.push(keys);
        keys = json.charCodeAt(index) === 0x7b ? new Set() : null;
        keyNext = keys !== null;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        keys = around.pop() ?? null;
        keyNext = false;
        break;
      case 0x2c: // ,
        keyNext = keys !== null;
        break;
      case 0x22: {
        const end = endOfText(json, index);
        if (keyNext && keys !== null) {
          const raw = json.slice(index + 1, end);
          const key = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
          if (keys.has(key)) return key;
          keys.add(key);
          keyNext = false;
        }
        index = end;
        break;
      }
    }
  }
  return null;
}

/** The place of the quotation mark that ends the text that begins at `start`. */
function endOfText(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); ; end = json.indexOf('"', end + 1)) {
    let escapes = 0;
    while (json.charCodeAt(end - 1 - escapes) === 0x5c) escapes += 1;
    if (end < 0 || escapes % 2 === 0) return end < 0 ? json.length : end;
  }
}
