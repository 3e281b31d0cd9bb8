import { type Dialect, meaningOf, shapeOf } from './format-fields.ts';

/** A field of a format string, with the literal text before it. */
export interface FormatPart {
  readonly before: string;
  /** As in the format: `$http_host`, `%{Host}i`, `%REQ(:AUTHORITY)%`. */
  readonly written: string;
  /** Without sigils. */
  readonly name: string;
}

export interface FormatString {
  readonly dialect: Dialect;
  readonly parts: readonly FormatPart[];
  readonly tail: string;
  /** The text itself, where it describes lines of JSON; null for lines of text. */
  readonly json: string | null;
}

const fields: Readonly<Record<Dialect, RegExp>> = {
  nginx: /\$\{(\w+)\}|\$(\w+)/g,
  apache: /%[<>!\d,]*((?:\{[^}]*\})?(?:\^[a-zA-Z]{2}|[a-zA-Z]))/g,
  haproxy: /%(?:\{[^}]*\})?(\[(?:[^\]\\]|\\.)*\]|[a-zA-Z]+)/g,
  envoy: /%([A-Z][A-Z0-9_]*(?:\([^)]*\))?(?::[A-Za-z0-9]+)*)%/g,
  caddy: /\{([a-zA-Z][\w.>:[\]-]*)\}/g,
};

/** True for a text that can only be meant as a format string, not as the name of a format. */
export function isFormatString(text: string): boolean {
  return /[$%{]/.test(text);
}

/**
 * Reads a proxy's own format string: bare, or with the directive around it (`log_format main '…' '…';`, `LogFormat "…" x`,
 * `log-format "…"`). Null for a text without a single field.
 */
export function parseFormat(given: string): FormatString | null {
  const text = withoutDirective(given.trim());
  const dialect = dialectOf(text);
  if (dialect === null) return null;
  const parts: FormatPart[] = [];
  let end = 0;
  for (const match of text.matchAll(fields[dialect])) {
    const name = match[1] ?? match[2] ?? '';
    parts.push({ before: literal(text.slice(end, match.index), dialect), written: match[0], name });
    end = match.index + match[0].length;
  }
  if (parts.length === 0) return null;
  const json = /^\s*\{\s*"/.test(text) && /\}\s*$/.test(text) ? text : null;
  return { dialect, parts, tail: literal(text.slice(end), dialect), json };
}

function withoutDirective(text: string): string {
  const nginx = /^log_format\s+\S+\s+(?:escape=\w+\s+)?([\s\S]*?);?$/.exec(text)?.[1];
  if (nginx !== undefined || /^'[^']*'\s+'/.test(text)) {
    const pieces = [...(nginx ?? text).matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)];
    if (pieces.length > 0)
      return pieces.map(([, single, double]) => (single ?? double ?? '').replace(/\\(['"])/g, '$1')).join('');
    return nginx ?? text;
  }
  const quoted = /^(?:LogFormat|CustomLog|log-format|format(?:\s+transform)?)\s+(["'`])([\s\S]*)\1(?:\s+\S+)?$/.exec(
    text,
  );
  if (quoted) return (quoted[2] ?? '').replace(/\\(["'])/g, '$1');
  const bare = text.replace(/^log-format\s+/, '').replace(/\\ /g, ' ');
  const whole = /^(["'`])([\s\S]*)\1$/.exec(bare);
  // "$host" "$request" is two fields in quotes, not one text in quotes.
  const inside = whole?.[2] ?? '';
  const isOne = whole !== null && !new RegExp(`[^\\\\]${whole[1]}`).test(inside);
  return (isOne ? inside : bare).replace(/\\"/g, '"').replace(/\\n$/, '');
}

function dialectOf(text: string): Dialect | null {
  if (/\$\{?[a-z]\w*/.test(text) && !/%[A-Z_]+(?:\([^)]*\))?%/.test(text)) return 'nginx';
  if (/%[A-Z][A-Z0-9_]+(?:\([^)]*\))?(?::\w+)*%/.test(text)) return 'envoy';
  if (/%(?:\{[+-]|\[|ci\b|ST\b|ft\b|HM\b|HU\b|tsc?\b)/.test(text)) return 'haproxy';
  if (/%[<>!\d,]*(?:\{[^}]*\})?\^?[a-zA-Z]/.test(text)) return 'apache';
  return /\{[a-z][\w.>:-]*\}/i.test(text) ? 'caddy' : null;
}

function literal(text: string, dialect: Dialect): string {
  return dialect === 'nginx' || dialect === 'caddy' ? text : text.replaceAll('%%', '%');
}

/** A format as an expression that captures the fields asked for, in their order. It is not held to the line's end. */
export interface CompiledFormat {
  readonly expression: RegExp;
  readonly captured: readonly FormatPart[];
}

export function compileFormat(format: FormatString, wanted: (part: FormatPart) => boolean): CompiledFormat {
  const { dialect, parts, tail } = format;
  const captured: FormatPart[] = [];
  let source = '^';
  parts.forEach((part, index) => {
    const next = parts[index + 1];
    const isLast = next === undefined;
    const shape = shapeAround(dialect, part, { after: isLast ? tail : next.before, isLast });
    source += escaped(part.before);
    const isQuoted = /\{\+[^}]*Q[^}]*\}/.test(part.written);
    const open = wanted(part) ? '(' : '(?:';
    if (wanted(part)) captured.push(part);
    source += isQuoted ? `"${open}(?:[^"\\\\]|\\\\.)*)"` : `${open}${shape})`;
  });
  return { expression: new RegExp(source + (tail.trim() === '' ? '' : escaped(tail))), captured };
}

/** What may stand for a field: all up to what comes after it. */
function shapeAround(
  dialect: Dialect,
  { before, name }: FormatPart,
  { after, isLast }: { readonly after: string; readonly isLast: boolean },
): string {
  if (before.endsWith('"') && after.startsWith('"')) return '(?:[^"\\\\]|\\\\.)*';
  if (before.endsWith('[') && after.startsWith(']')) return '[^\\]]*';
  const own = shapeOf(dialect, name);
  if (own !== null) return own;
  if (after === '') {
    if (isLast) return lastShape(before);
    return meaningOf(dialect, name).role === 'host' ? '[^/?# "]*' : '\\S*?';
  }
  const stop = after[0] ?? ' ';
  // An address of IPv6 has colons of its own: the last one counts.
  if (stop === ':') return '[^ "\\]]*';
  return `[^${escaped(stop).replace('-', '\\-').replace('^', '\\^')}]*`;
}

/** A line may go on behind the last field that the format was given with. */
function lastShape(before: string): string {
  const separator = before.at(-1) ?? ' ';
  return /[\w\s"'[({]/.test(separator) ? '\\S*' : `[^\\s${escaped(separator)}]*`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
