import { type GroupNode, type Part, partOf, type SchemaNode } from '../schema/node.ts';

/** A description as an XML schema, for somebody else's validator: occurrence, order, lengths and ranges. */
export function xsdOf(root: string, node: GroupNode): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">',
    `<xs:element name="${root}"><xs:complexType>${groupOf(node)}`,
    '<xs:attribute name="version" use="required"><xs:simpleType><xs:restriction base="xs:string">',
    '<xs:enumeration value="V.3.0"/></xs:restriction></xs:simpleType></xs:attribute>',
    '</xs:complexType></xs:element></xs:schema>',
  ].join('\n');
}

function groupOf(node: GroupNode): string {
  const inside = Object.entries(node.parts).map(([name, each]) => elementOf(name, partOf(each)));
  return `<xs:${node.kind}>${inside.join('')}</xs:${node.kind}>`;
}

function elementOf(name: string, { node, min, max }: Part): string {
  return `<xs:element name="${name}" minOccurs="${min}" maxOccurs="${max ?? 'unbounded'}">${typeOf(node)}</xs:element>`;
}

function typeOf(node: SchemaNode): string {
  if ('parts' in node) return `<xs:complexType>${groupOf(node)}</xs:complexType>`;
  const [base, least, most] =
    node.kind === 'long' ? ['xs:long', 'minInclusive', 'maxInclusive'] : ['xs:string', 'minLength', 'maxLength'];
  const facets = [
    `<xs:${least} value="${node.min}"/>`,
    ...(node.max === null ? [] : [`<xs:${most} value="${node.max}"/>`]),
  ];
  return `<xs:simpleType><xs:restriction base="${base}">${facets.join('')}</xs:restriction></xs:simpleType>`;
}
