import { keysOf, type TextPlace } from './read-document.ts';

/** What is larger is read by the browser's own reader of JSON: that of YAML takes some three seconds for so many characters. */
export const plainJsonLength = 1_000_000;

/** Where the value of a path is in a JSON text that is right; a missing key is where what should have it is. */
export function jsonPlaceOf(text: string, path: string): TextPlace | null {
  const keys = keysOf(path);
  if (keys.length === 0) return null;
  let found: number | null = null;
  let at = skipBlanks(text, 0);
  for (const key of keys) {
    const inside = typeof key === 'number' ? itemAt(text, at, key) : memberAt(text, at, key);
    if (inside === null) break;
    found = inside.nameAt;
    at = inside.valueAt;
  }
  return found === null ? null : placeAt(text, found);
}

/** Line and column of an offset, counted from 1. */
export function placeAt(text: string, offset: number): TextPlace {
  let line = 1;
  let lineAt = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', end + 1)) {
    line += 1;
    lineAt = end + 1;
  }
  return { line, column: offset - lineAt + 1 };
}

interface Found {
  /** Of a member where its name is. */
  readonly nameAt: number;
  readonly valueAt: number;
}

function itemAt(text: string, from: number, index: number): Found | null {
  if (text[from] !== '[') return null;
  let at = skipBlanks(text, from + 1);
  for (let passed = 0; text[at] !== ']' && at < text.length; passed += 1) {
    if (passed === index) return { nameAt: at, valueAt: at };
    at = skipComma(text, endOfValue(text, at));
  }
  return null;
}

function memberAt(text: string, from: number, key: string): Found | null {
  if (text[from] !== '{') return null;
  let at = skipBlanks(text, from + 1);
  while (text[at] === '"') {
    const end = endOfString(text, at);
    const name: unknown = JSON.parse(text.slice(at, end));
    // Behind the colon.
    const valueAt = skipBlanks(text, skipBlanks(text, end) + 1);
    if (name === key) return { nameAt: at, valueAt };
    at = skipComma(text, endOfValue(text, valueAt));
  }
  return null;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? '')) at += 1;
  return at;
}

function skipComma(text: string, from: number): number {
  const at = skipBlanks(text, from);
  return text[at] === ',' ? skipBlanks(text, at + 1) : at;
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOfValue(text: string, from: number): number {
  if (text[from] === '"') return endOfString(text, from);
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
      continue;
    }
    if (character === '[' || character === '{') depth += 1;
    if (character === ']' || character === '}') depth -= 1;
    if (depth < 0 || (depth === 0 && character === ',')) return at;
    at += 1;
    if (depth === 0 && (character === ']' || character === '}')) return at;
  }
  return at;
}
