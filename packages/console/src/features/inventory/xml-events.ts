import { XlsxError } from './xlsx-error.ts';

/** What happens in an XML text, by local names: prefixes differ from program to program. */
export type XmlEvent =
  | { readonly kind: 'open'; readonly name: string; readonly attribute: (name: string) => string | null }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

/** A tag or comment that is longer is none of a workbook. */
const longestTag = 256 * 1024;

/**
 * Reads XML part by part; nothing is built of it. It has no document type: entities other than XML's own five, and whatever else
 * a document type brings, are refused.
 * @throws XlsxError
 */
export async function* xmlEvents(parts: AsyncIterable<string>): AsyncGenerator<readonly XmlEvent[]> {
  let rest = '';
  for await (const part of parts) {
    const events: XmlEvent[] = [];
    rest = eventsIn(rest + part, events);
    if (events.length > 0) yield events;
  }
  if (rest.trim() !== '') throw new XlsxError('damaged', 'xml');
}

/** Adds what is whole in a text; gives back what is not. */
function eventsIn(text: string, events: XmlEvent[]): string {
  let at = 0;
  for (;;) {
    const open = text.indexOf('<', at);
    if (open < 0) return restOfText(text.slice(at), events);
    if (open > at) events.push({ kind: 'text', text: decoded(text.slice(at, open)) });
    at = open;
    const end = endOf(text, open);
    if (end < 0) break;
    addTag(text.slice(open, end), events);
    at = end;
  }
  const rest = text.slice(at);
  if (rest.length > longestTag) throw new XlsxError('damaged', 'xml');
  return rest;
}

/** The longest entity that we read has nine characters. */
const entityLength = 10;

/** Text that may go on in the next part is given out as it comes, but for an entity that may not be whole. */
function restOfText(text: string, events: XmlEvent[]): string {
  const entity = text.lastIndexOf('&');
  const whole =
    entity < Math.max(0, text.length - entityLength) || text.includes(';', entity) ? text : text.slice(0, entity);
  if (whole !== '') events.push({ kind: 'text', text: decoded(whole) });
  return text.slice(whole.length);
}

/** Behind the tag, comment or section that begins at `open`; -1 where it does not end here. */
function endOf(text: string, open: number): number {
  const ends = text.startsWith('<!--', open) ? '-->' : text.startsWith('<![CDATA[', open) ? ']]>' : '>';
  const end = text.indexOf(ends, open);
  return end < 0 ? -1 : end + ends.length;
}

function addTag(tag: string, events: XmlEvent[]): void {
  if (tag.startsWith('<![CDATA[')) {
    events.push({ kind: 'text', text: tag.slice(9, -3) });
    return;
  }
  if (tag.startsWith('<!--') || tag.startsWith('<?')) return;
  if (tag.startsWith('<!')) throw new XlsxError('damaged', 'doctype');
  if (tag.startsWith('</')) {
    events.push({ kind: 'close', name: localName(tag.slice(2, -1)) });
    return;
  }
  const isEmpty = tag.endsWith('/>');
  const name = localName(/^<([^\s/>]+)/.exec(tag)?.[1] ?? '');
  events.push({ kind: 'open', name, attribute: (wanted) => attributeOf(tag, wanted) });
  if (isEmpty) events.push({ kind: 'close', name });
}

const localName = (name: string): string => name.trim().replace(/^.*:/, '');

/** By its whole name. */
function attributeOf(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found === null ? null : decoded(found[1] ?? found[2] ?? '');
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (_, decimal, hex, name) => {
    if (name !== undefined) {
      const character = named[name];
      if (character === undefined) throw new XlsxError('damaged', `&${name};`);
      return character;
    }
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
  });
}
