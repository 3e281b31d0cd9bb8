import { Fault } from '@openbeian/model/fault';
import type { ReadLimits } from './limits.ts';
import { type Call, type Operation, operations } from './operations.ts';
import { readSoap, writeSoap } from './package/soap.ts';
import { unreadable } from './troubles.ts';

/** How a province's service wants its calls; its WSDL says so. */
export interface SoapNames {
  readonly namespace: string;
  /** Parameters that go by another name there (`ispID`), by the interface's own. */
  readonly parts?: Readonly<Record<string, string>>;
  /** True where parameters are in the namespace as well (`elementFormDefault="qualified"`). */
  readonly qualified?: boolean;
}

/** The envelope of a call. */
export function writeSoapCall(
  { operation, parameters }: Call,
  { namespace, parts = {}, qualified }: SoapNames,
): string {
  const members = parameters.map(([name, value]) => [parts[name] ?? name, String(value)] as const);
  return writeSoap({ name: operation, namespace, members }, { qualified: qualified ?? false });
}

/**
 * The document that an operation answered with, out of its envelope; `readAnswer` reads it.
 * @throws Fault `authority.refused` where the service answered with a SOAP fault, `authority.unreadable` where it is no answer
 *   of the operation
 */
export function readSoapAnswer(operation: Operation, text: string, limits: ReadLimits): string {
  const { name, members } = readSoap(text, limits);
  if (name === 'Fault') throw refused(members);
  const [, answer] = members.find(([, each]) => each.trim() !== '') ?? [];
  if (name.toLowerCase() !== `${operation}response` || answer === undefined) throw unreadable('soap_malformed');
  return answer;
}

/** The envelope of an answer, as the services of the interface give it. */
export function writeSoapAnswer(operation: Operation, namespace: string, document: string): string {
  return writeSoap({ name: `${operation}Response`, namespace, members: [['return', document]] });
}

/**
 * The other side of `writeSoapCall`: the parameters by the interface's own names, whatever the case of their letters.
 * @throws Fault `authority.unreadable`
 */
export function readSoapCall(text: string, limits: ReadLimits): Call {
  const { name, members } = readSoap(text, limits);
  if (!isOperation(name)) throw unreadable('soap_malformed');
  const own = new Map(Object.keys(operations[name].shape.shape).map((key) => [key.toLowerCase(), key] as const));
  const parameters = members.flatMap(([member, value]) => {
    const key = own.get(member.toLowerCase());
    return key === undefined ? [] : [[key, value] as const];
  });
  return { operation: name, parameters };
}

const isOperation = (name: string): name is Operation => Object.hasOwn(operations, name);

/** By its code alone: the text may quote what was sent. */
function refused(members: readonly (readonly [name: string, text: string])[]): Fault {
  const [, text = ''] = members.find(([name]) => /^(faultcode|code)$/i.test(name)) ?? [];
  const code = text.replace(/[^\w.:-]/g, '').slice(0, 60);
  return new Fault('authority.refused', {
    detail: {
      zh: `管局系统返回 SOAP 错误${code && `（${code}）`}`,
      en: `the authority answered with a SOAP fault${code && ` (${code})`}`,
    },
  });
}
