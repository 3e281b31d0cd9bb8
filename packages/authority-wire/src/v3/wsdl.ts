import { Fault } from '@openbeian/model/fault';
import type { ReadLimits } from './limits.ts';
import { type Operation, operations, servicePaths } from './operations.ts';
import { allNamed, readXmlTree, type XmlElement } from './package/xml-tree.ts';
import { escapeXml } from './schema/write-xml.ts';
import type { SoapNames } from './soap-calls.ts';

const wsdlNamespace = 'http://schemas.xmlsoap.org/wsdl/';
const soapNamespace = 'http://schemas.xmlsoap.org/wsdl/soap/';
const schemaNamespace = 'http://www.w3.org/2001/XMLSchema';

/** How a service wants one operation called. */
export interface OperationNames extends SoapNames {
  /** Of the HTTP header `SOAPAction`; mostly empty. */
  readonly action: string;
}

export interface ServiceDescription {
  /** Of the interface’s operations those that the service has. */
  readonly operations: ReadonlyMap<Operation, OperationNames>;
  /** Where it says that it is; often an inner address, and then the configured one is right. */
  readonly address: string | null;
  /** Documents that it refers to and that are not among those given, as it names them. */
  readonly missing: readonly string[];
}

/**
 * Reads a service’s description: the names of its parameters differ from province to province (`ispID`, `arg0`), so they are taken
 * from here, in the order of the interface.
 * @param documents the WSDL first, then what it imports, by the names under which it does
 * @throws Fault `authority.unreadable`
 */
export function readWsdl(documents: ReadonlyMap<string, string>, limits: ReadLimits): ServiceDescription {
  const roots = [...documents.values()].map((text) => readXmlTree(text, limits));
  const all = (local: string) => roots.flatMap((root) => allNamed(root, local));
  const imports = [...all('import'), ...all('include')].flatMap(
    ({ attributes }) => attributes.get('schemaLocation') ?? attributes.get('location') ?? [],
  );
  const found = Object.keys(operations).flatMap((name) => {
    // They are the keys of the table of operations.
    const operation = name as Operation;
    const names = namesOf(operation, all, roots);
    return names === null ? [] : [[operation, names] as const];
  });
  const [address] = all('address');
  return {
    operations: new Map(found),
    address: address?.attributes.get('location') ?? null,
    missing: [...new Set(imports)].filter((each) => !documents.has(each)),
  };
}

type Find = (local: string) => readonly XmlElement[];

function namesOf(operation: Operation, all: Find, roots: readonly XmlElement[]): OperationNames | null {
  const own = all('operation').filter(({ attributes }) => attributes.get('name') === operation);
  if (own.length === 0) return null;
  const soap = own
    .flatMap((each) => each.children)
    .find(({ local, uri }) => local === 'operation' && uri === soapNamespace);
  const isRpc = [soap, ...all('binding')].some((each) => each?.attributes.get('style') === 'rpc');
  const action = soap?.attributes.get('soapAction') ?? '';
  const target = roots[0]?.attributes.get('targetNamespace') ?? '';
  const given = isRpc ? rpcParts(own, all) : documentParts(operation, roots);
  const body = own.flatMap((each) => allNamed(each, 'body')).find(({ attributes }) => attributes.has('namespace'));
  return {
    action,
    namespace: (isRpc ? body?.attributes.get('namespace') : given?.namespace) ?? target,
    qualified: given?.qualified ?? false,
    parts: given === null ? {} : partsByPlace(operation, given.names),
  };
}

interface GivenParts {
  readonly names: readonly string[];
  readonly namespace?: string | undefined;
  readonly qualified?: boolean;
}

/** Style `rpc`: the parts of the input’s message. */
function rpcParts(own: readonly XmlElement[], all: Find): GivenParts | null {
  const input = own
    .flatMap(({ children }) => children)
    .find(({ local, attributes }) => local === 'input' && attributes.has('message'));
  const name = input?.attributes.get('message')?.replace(/^.*:/, '');
  const message = all('message').find(({ attributes }) => attributes.get('name') === name);
  return message === undefined ? null : { names: nameEach(message.children.filter(({ local }) => local === 'part')) };
}

/** Style `document`: what is in the element that is called like the operation, or in its type. */
function documentParts(operation: Operation, roots: readonly XmlElement[]): GivenParts | null {
  for (const schema of roots.flatMap((root) => allNamed(root, 'schema'))) {
    const element = schema.children.find(
      ({ local, attributes }) => local === 'element' && attributes.get('name') === operation,
    );
    if (element === undefined) continue;
    const type = element.attributes.get('type')?.replace(/^.*:/, '');
    const inside =
      schema.children.find(({ local, attributes }) => local === 'complexType' && attributes.get('name') === type) ??
      element;
    return {
      names: nameEach(allNamed(inside, 'element').filter((each) => each !== element)),
      namespace: schema.attributes.get('targetNamespace'),
      qualified: schema.attributes.get('elementFormDefault') === 'qualified',
    };
  }
  return null;
}

const nameEach = (elements: readonly XmlElement[]): readonly string[] =>
  elements.flatMap(({ attributes }) => attributes.get('name') ?? []);

/**
 * The service’s names by the interface’s own: by the same letters where each is found so, otherwise by place.
 * @throws Fault `authority.refused` where there are more or fewer than the interface has
 */
function partsByPlace(operation: Operation, names: readonly string[]): Readonly<Record<string, string>> {
  const own = Object.keys(operations[operation].shape.shape);
  const byLetters = new Map(names.map((name) => [name.toLowerCase(), name] as const));
  const isByLetters = own.every((name) => byLetters.has(name.toLowerCase()));
  if (!isByLetters && names.length !== own.length) throw otherParameters(operation);
  return Object.fromEntries(
    own.map((name, place) => [name, (isByLetters ? byLetters.get(name.toLowerCase()) : names[place]) ?? name]),
  );
}

function otherParameters(operation: Operation): Fault {
  return new Fault('authority.refused', {
    detail: {
      zh: `管局服务的 ${operation} 方法参数与接口 V3.0 不符`,
      en: `the authority’s ${operation} has other parameters than interface V3.0`,
    },
  });
}

/** The description of one of the three services, in style document, for whoever plays the authority. */
export function writeWsdl(service: keyof typeof servicePaths, namespace: string, address: string): string {
  const own = Object.entries(operations).filter(([, each]) => each.service === service);
  const each = (text: (name: string, parameters: readonly string[]) => string) =>
    own.map(([name, { shape }]) => text(name, Object.keys(shape.shape))).join('');
  const target = escapeXml(namespace);
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="${wsdlNamespace}" xmlns:soap="${soapNamespace}" xmlns:tns="${target}" xmlns:xs="${schemaNamespace}" name="${service}" targetNamespace="${target}">
<types><xs:schema targetNamespace="${target}" elementFormDefault="unqualified">${each(elementsOf)}</xs:schema></types>
${each((name) => `<message name="${name}"><part name="parameters" element="tns:${name}"/></message><message name="${name}Response"><part name="parameters" element="tns:${name}Response"/></message>`)}
<portType name="${service}">${each((name) => `<operation name="${name}"><input message="tns:${name}"/><output message="tns:${name}Response"/></operation>`)}</portType>
<binding name="${service}Binding" type="tns:${service}"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
${each((name) => `<operation name="${name}"><soap:operation soapAction=""/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation>`)}</binding>
<service name="${service}Service"><port name="${service}Port" binding="tns:${service}Binding"><soap:address location="${escapeXml(address)}"/></port></service>
</definitions>
`;
}

/** Numbers of the interface; the others are texts. */
const numberTypes: Readonly<Record<string, string>> = {
  ispId: 'long',
  dataSequence: 'long',
  encryptAlgorithm: 'int',
  hashAlgorithm: 'int',
  compressionFormat: 'int',
  queryConditionType: 'int',
};

function elementsOf(name: string, parameters: readonly string[]): string {
  const inside = parameters.map((each) => `<xs:element name="${each}" type="xs:${numberTypes[each] ?? 'string'}"/>`);
  return [
    `<xs:element name="${name}"><xs:complexType><xs:sequence>${inside.join('')}</xs:sequence></xs:complexType></xs:element>`,
    `<xs:element name="${name}Response"><xs:complexType><xs:sequence><xs:element name="return" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>`,
  ].join('');
}
