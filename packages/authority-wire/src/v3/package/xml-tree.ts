import { SaxesParser } from 'saxes';
import type { ReadLimits } from '../limits.ts';
import { unreadable } from '../troubles.ts';

/** An element with what is in it, for small documents whose elements are not known beforehand. */
export interface XmlElement {
  readonly local: string;
  readonly uri: string;
  /** By local name; of two the last. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
}

/**
 * Reads a document of at most `textLength` characters; its texts are passed over.
 * @throws Fault `authority.unreadable`
 */
export function readXmlTree(text: string, limits: ReadLimits): XmlElement {
  if (text.length > limits.textLength) throw unreadable('packed_too_large');
  const parser = new SaxesParser({ position: false, xmlns: true });
  const open: OpenElement[] = [];
  let root: XmlElement | null = null;
  let elements = 0;
  parser.on('error', () => {
    throw unreadable('xml_malformed');
  });
  parser.on('doctype', () => {
    throw unreadable('xml_doctype');
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    elements += 1;
    if (elements > limits.elements) throw unreadable('xml_too_many_elements');
    if (open.length >= limits.depth) throw unreadable('xml_too_deep');
    const named = Object.values(attributes).map((each) => [each.local, each.value] as const);
    const element: OpenElement = { local, uri, attributes: new Map(named), children: [] };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(text.replace(/^\uFEFF?\s+/, '')).close();
  return root ?? throwMalformed();
}

function throwMalformed(): never {
  throw unreadable('xml_malformed');
}

/** Every element below one, itself first, that has this local name, whatever its namespace. */
export function allNamed(element: XmlElement, local: string): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const open = [element];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.local === local) found.push(next);
    open.push(...next.children.toReversed());
  }
  return found;
}
