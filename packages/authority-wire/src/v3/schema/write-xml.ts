import { type GroupNode, partOf, type SchemaNode } from './node.ts';

/** The version that every document names; the authority refuses any other. */
const interfaceVersion = 'V.3.0';

/**
 * The document of a value that its description has let pass (`zodOf`): elements in the order of the description, no white space
 * between them. It still is text; the package encodes it in GBK, as the declaration says.
 */
export function writeXml(root: string, node: GroupNode, value: unknown): string {
  const out: string[] = [`<?xml version="1.0" encoding="GBK"?>\n<${root} version="${interfaceVersion}">`];
  writeInside(node, value, out);
  out.push(`</${root}>`);
  return out.join('');
}

function writeInside(node: SchemaNode, value: unknown, out: string[]): void {
  if (node.kind === 'long' || node.kind === 'text') {
    out.push(escapeXml(String(value)));
    return;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const [name, each] of Object.entries(node.parts)) {
    const member = members[name];
    if (member === undefined) continue;
    const { node: inner, isList } = partOf(each);
    for (const one of isList ? (member as readonly unknown[]) : [member]) {
      out.push(`<${name}>`);
      writeInside(inner, one, out);
      out.push(`</${name}>`);
    }
  }
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A reader makes a line feed of it otherwise.
  '\r': '&#13;',
};

/** Text as it is written between tags or in a quoted attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => references[character] ?? character);
}
