import { meaningOf } from './format-fields.ts';
import { compileFormat, type FormatPart, type FormatString } from './format-string.ts';
import { type LineReader, type LineReading, sameInBoth } from './line.ts';
import { timeOf } from './times.ts';
import { bytesOf, hostOfRequest, hostOfUrl, isBlank, likenessOf } from './values.ts';

interface Source {
  /** Group of the expression. */
  readonly group: number;
  readonly written: string;
  readonly hostIn: (text: string) => string | null;
}

const plainHost = (text: string): string | null => (isBlank(text) ? null : text);
/** What a CONNECT asks for in the place of a URL. */
const authority = /^(?:[^\s/?#@:[\]]+|\[[0-9a-f:.]+\]):\d{1,5}$/i;
const requestHost = (text: string): string | null =>
  hostOfRequest(text) ?? hostOfUrl(text) ?? (authority.test(text) ? text : null);

/** HAProxy's `{www.example.cn|curl}`: which header was captured first is the configuration's; the first host counts. */
export function capturedHost(text: string): string | null {
  const values = text.replace(/^\{|\}$/g, '').split('|');
  const likeness = values.map(likenessOf);
  const at = ['name', 'local', 'address']
    .map((wanted) => likeness.indexOf(wanted as 'name'))
    .find((index) => index >= 0);
  return at === undefined ? null : (values[at] ?? null);
}

/**
 * A reader of lines of text by a proxy's own format string; null where none of its fields can hold the asked host.
 * @param field the name of the field to take, instead of those that are known to hold it
 */
export function patternReader(name: string, format: FormatString, field: string | null): LineReader | null {
  const isAsked = ({ name: own, written }: FormatPart) =>
    field !== null && [own, written].some((each) => each.toLowerCase() === field.toLowerCase());
  const roleOf = (part: FormatPart) => meaningOf(format.dialect, part.name);
  const wanted = (part: FormatPart) => isAsked(part) || roleOf(part).role !== 'other';
  const { expression, captured } = compileFormat(format, wanted);
  const sources = captured
    .map((part, index) => ({ part, group: index + 1, ...roleOf(part) }))
    .filter(({ part, role }) => (field === null ? ['host', 'captures', 'request'].includes(role) : isAsked(part)))
    .sort((a, b) => a.rank - b.rank)
    .map(({ part, group, role }): Source => ({ group, written: part.written, hostIn: hostFinder(role, part.name) }));
  if (sources.length === 0) return null;
  const groupOf = (role: 'bytes' | 'time') => {
    const found = captured
      .map((part, index) => ({ group: index + 1, ...roleOf(part) }))
      .filter((it) => it.role === role);
    return found.sort((a, b) => a.rank - b.rank)[0]?.group ?? 0;
  };
  const hosts = sources.map(({ written }) => written).join(', ');
  return {
    format: name,
    host: sameInBoth(hosts),
    others: [],
    read: readerOf(expression, sources, { bytes: groupOf('bytes'), time: groupOf('time') }),
  };
}

function hostFinder(role: string, name: string): Source['hostIn'] {
  if (role === 'captures') return capturedHost;
  if (role === 'request') return requestHost;
  // Which header was captured is the configuration's: a user agent is no host.
  if (name.startsWith('[capture')) return (text) => (likenessOf(text) === 'other' ? null : plainHost(text));
  return plainHost;
}

function readerOf(
  expression: RegExp,
  sources: readonly Source[],
  groups: { readonly bytes: number; readonly time: number },
): (line: string) => LineReading {
  return (line) => {
    const found = expression.exec(line);
    if (found === null) return undefined;
    for (const { group, hostIn } of sources) {
      const host = hostIn(found[group] ?? '');
      if (host === null) continue;
      const time = groups.time === 0 ? null : timeOf(found[groups.time]);
      return { host, bytes: groups.bytes === 0 ? 0 : bytesOf(found[groups.bytes]), atMs: time };
    }
    return null;
  };
}
